import { DomainError, InputError } from "../errors.ts";

/**
 * What is wrong with the numbers is the user's to mend: name the file or dataset, or the option.
 *
 * @param options - option by the name of the argument it sets; anything else that is refused lies in the data
 */
export function naming<T>(place: string, action: () => T, options: Readonly<Record<string, string>> = {}): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof DomainError) throw new InputError(options[error.argument] ?? place, error.message);
    throw error;
  }
}
