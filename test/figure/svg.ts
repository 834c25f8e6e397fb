import type { VegaLiteSpec } from "../../src/figure/spec.ts";

/** What an SVG drawn by Vega says, without a browser. */

/** Every text, in the order drawn, without its styles and with plain spaces. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*[^>/]>(.*?)<\/text>/g)].map((match) =>
    match[1]!.replace(/<[^>]*>/g, "").replace(/[\u2005\u2009]/g, " "),
  );
}

/** How many marks of a kind are drawn, as their accessible descriptions count them: "circle", "square", "line mark"…. */
export function markCount(svg: string, kind: string): number {
  return svg.split(`aria-roledescription="${kind}"`).length - 1;
}

/** Width and height in units. */
export function sizeOf(svg: string): { width: number; height: number } {
  const match = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** All inline data of a specification. */
export function valuesOf(spec: VegaLiteSpec): VegaLiteSpec[] {
  const found: VegaLiteSpec[] = [];
  JSON.stringify(spec, (key, value) => {
    if (key === "values" && Array.isArray(value) && typeof value[0] === "object") found.push(...value);
    return value;
  });
  return found;
}
