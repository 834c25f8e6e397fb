import { all, type BigNumber, create } from "mathjs";

const math = create(all!, { number: "BigNumber", precision: 64 });

/** The exact value of a double, with 64 digits to go on; mathjs by itself takes its shortest decimal form. */
export function big(value: number): BigNumber {
  let scaled = value;
  let doublings = 0;
  // Doubling is exact, and makes every double an integer.
  for (; !Number.isInteger(scaled); scaled *= 2) doublings++;
  return integer(BigInt(scaled)).div(integer(2n).pow(doublings));
}

/** |value − exact| / |exact|. */
export function relativeError(value: number, exact: BigNumber): number {
  return big(value).minus(exact).div(exact).abs().toNumber();
}

function integer(value: bigint): BigNumber {
  return math.bignumber(value.toString()) as unknown as BigNumber;
}
