/**
 * Bins for fractional sizes, of relative width 2⁻¹⁰: a bin is named by the exponent and the first ten bits of the
 * fraction of a double. A bin keeps its count and the sum of sixteen further bits, so that its mean is known to
 * 2⁻²⁷ relatively, in integers: any order of counting, and any division among workers, gives the same bins.
 *
 * With the mean kept, a curve changes in second order only: for sizes in [s, s(1 + h)] and any t,
 * |mean of (1 − a)^t − (1 − mean a)^t| ≤ ½·max|f″|·h²s²/4 ≤ (4e⁻²/8)·h², that is 6.5·10⁻⁸ of the reachable share.
 */
export interface SizeBins {
  readonly counts: Float64Array;
  /** Sum of the sixteen bits that follow those of the bin's name. Exact up to 2³⁷ sizes in a bin. */
  readonly sums: Float64Array;
}

/** Relative width of a bin. */
export const BIN_WIDTH = 2 ** -10;

const FINE = 65_536;
const FINE_BITS = 16;
const BIN_BITS = 10;
const BIAS = 1023 * 1024;

/** Empty bins for `length` names. */
export function emptyBins(length: number): SizeBins {
  return { counts: new Float64Array(length), sums: new Float64Array(length) };
}

/** The same binning as the kernel's, one size at a time. */
export function binner(bins: SizeBins): (size: number) => void {
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  // The high word of a double has its exponent and 20 bits of its fraction; 6 more come from the low word.
  const high = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
  return (size) => {
    double[0] = size;
    // Rounded to the nearest 26th bit of the fraction; a carry runs on into the exponent as it should.
    const bits = words[high]! * 64 + Math.floor((words[1 - high]! + 2 ** 25) / 2 ** 26);
    const name = Math.floor(bits / FINE);
    const bin = name - BIAS;
    bins.counts[bin]!++;
    bins.sums[bin]! += bits - name * FINE;
  };
}

/** Means and counts of the bins that are not empty, in ascending order. */
export function binMeans({ counts, sums }: SizeBins): { sizes: Float64Array; counts: Float64Array } {
  const kept = [...counts.keys()].filter((bin) => counts[bin]! > 0);
  return {
    sizes: Float64Array.from(kept, (bin) => {
      const fraction = (bin % 1024) + sums[bin]! / counts[bin]! / 2 ** FINE_BITS;
      return 2 ** Math.floor(bin / 1024) * (1 + fraction * 2 ** -BIN_BITS);
    }),
    counts: Float64Array.from(kept, (bin) => counts[bin]!),
  };
}
