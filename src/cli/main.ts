import { Command, CommanderError } from "commander";
import { DomainError, InputError } from "../errors.ts";
import { packageVersion } from "../run/provenance.ts";
import { Interrupted } from "../run/responsive.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addDatasetCommand } from "./commands/dataset.ts";
import { addFigureCommand } from "./commands/figure.ts";
import { addFitCommand } from "./commands/fit.ts";
import { addForecastCommand } from "./commands/forecast.ts";
import { addGraphCommand } from "./commands/graph.ts";
import { addPaperCommand } from "./commands/paper.ts";
import { addPlanCommand } from "./commands/plan.ts";
import { addSimulateCommand } from "./commands/simulate.ts";
import { addSpectrumCommand } from "./commands/spectrum.ts";
import { addTheoryCommand } from "./commands/theory.ts";
import { addVerifyCommand } from "./commands/verify.ts";
import { note, type Terminal } from "./terminal.ts";

/** Exit codes: success, a defect of this program, wrong input. An interrupt brings its own: 130, or 143 for SIGTERM. */
export const EXIT = { success: 0, defect: 1, wrongInput: 2 } as const;

/**
 * Run the command line.
 *
 * @param args - arguments without the program's name
 * @returns the exit code; never throws: what is not wrong input is reported as a defect
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await program(terminal).parseAsync(args, { from: "user" });
    return EXIT.success;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.wrongInput;
    if (error instanceof InputError || error instanceof DomainError) {
      note(terminal, `entigraph: ${error.message}`);
      return EXIT.wrongInput;
    }
    if (error instanceof Interrupted) {
      note(terminal, "entigraph: interrupted");
      return error.exitCode;
    }
    return defect(terminal, error);
  }
}

/** Say that this program is wrong, not its user; where it is wrong is for those who set DEBUG=entigraph. */
function defect(terminal: Terminal, error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.trim().replace(/\s*\n\s*/g, " ");
  note(terminal, `entigraph: this is a defect of entigraph, please report it: ${line}`);
  const wanted = process.env["DEBUG"]?.split(",").includes("entigraph");
  if (wanted && error instanceof Error) note(terminal, error.stack ?? "");
  return EXIT.defect;
}

function program(terminal: Terminal): Command {
  const root = new Command("entigraph")
    .description(
      "Simulation and theory of EntiGraph synthetic continued pretraining: " +
        "exact growth curves of known links, branching-process theory, fits to real training results.",
    )
    .version(packageVersion(), "-v, --version");
  // Settings first: subcommands copy them when they are added.
  root.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
    outputError: (text, write) =>
      write(
        `${text
          .trim()
          .replace(/^error: /, "entigraph: ")
          .replace(/\s*\n\s*/g, " ")}\n`,
      ),
  });
  addPaperCommand(root, terminal);
  addSimulateCommand(root, terminal);
  addSpectrumCommand(root, terminal);
  addGraphCommand(root, terminal);
  addTheoryCommand(root, terminal);
  addVerifyCommand(root, terminal);
  addFitCommand(root, terminal);
  addFigureCommand(root, terminal);
  addCompareCommand(root, terminal);
  addForecastCommand(root, terminal);
  addPlanCommand(root, terminal);
  addDatasetCommand(root, terminal);
  return root;
}
