import { plainLabel, type TextRun, textRuns } from "./mathText.ts";

/**
 * Set the mathematics in the labels of an SVG drawn by Vega: `$…$` within text becomes tspans in italics and scripts
 * [mathText.ts], in accessible descriptions plain text. Works on the text of the SVG, in Node and in browsers.
 *
 * @param svg - as `View.toSVG` gives it; the widths of its labels measured by their runs
 * @returns the same SVG where no label holds mathematics
 */
export function typesetSvg(svg: string): string {
  return svg
    .replace(/ (aria-label|description)="([^"]*\$[^"]*)"/g, (_, name: string, label: string) => {
      return ` ${name}="${escapeXml(plainLabel(unescapeXml(label)))}"`;
    })
    .replace(/<text([^>]*[^>/])>(.*?)<\/text>/g, (whole, attributes: string, content: string) => {
      if (!content.includes("$")) return whole;
      const fontSize = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1] ?? 11);
      // Spaces at the ends of a tspan count.
      return `<text${attributes} xml:space="preserve">${setLines(content, fontSize)}</text>`;
    });
}

/** One line as it is, or several, each in a tspan with the step down to it. */
function setLines(content: string, fontSize: number): string {
  if (!content.startsWith("<tspan")) return setLine(content, fontSize).set;
  let risen = 0;
  return content.replace(/<tspan([^>]*)>([^<]*)<\/tspan>/g, (_, attributes: string, label: string) => {
    // A line that ended in a superscript would lift the next one.
    const placed = attributes.replace(/dy="([\d.]+)"/, (_, dy: string) => `dy="${tidy(Number(dy) + risen)}"`);
    const { set, end } = setLine(label, fontSize);
    risen = end;
    return `<tspan${placed}>${set}</tspan>`;
  });
}

/** The line in tspans, and how high above its baseline it ends. */
function setLine(label: string, fontSize: number): { set: string; end: number } {
  const runs = textRuns(unescapeXml(label));
  return { set: tspans(runs, fontSize), end: (runs.at(-1)?.rise ?? 0) * fontSize };
}

/** Characters for the five entities that Vega writes. */
export function unescapeXml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function tspans(runs: readonly TextRun[], fontSize: number): string {
  let rise = 0;
  return runs
    .map((run) => {
      // SVG's dy is downwards, and stays in force for all that follows.
      const drop = (rise - run.rise) * fontSize;
      rise = run.rise;
      const attributes = [
        run.isItalic ? ' font-style="italic"' : "",
        run.scale === 1 ? "" : ` font-size="${tidy(run.scale * fontSize)}px"`,
        drop === 0 ? "" : ` dy="${tidy(drop)}"`,
      ].join("");
      return `<tspan${attributes}>${escapeXml(run.text)}</tspan>`;
    })
    .join("");
}

function tidy(length: number): number {
  return Number(length.toFixed(3));
}
