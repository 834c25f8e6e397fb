import PDFDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";
import { InputError } from "../errors.ts";
import { fontFace, fontFaces } from "./fonts.ts";
import { UNITS_PER_INCH } from "./theme.ts";

const POINTS_PER_INCH = 72;

/**
 * Draw an SVG as a one-page PDF of its own size, with live text and the fonts embedded.
 *
 * @param svg - from {@link renderSvg}
 * @returns the bytes of the PDF file; the same for the same SVG: its date is fixed
 * @throws {InputError} if the SVG has no size, or needs something that cannot be drawn in a PDF
 */
export async function renderPdf(svg: string): Promise<Uint8Array> {
  const { width, height } = sizeInPoints(svg);
  const pdf = new PDFDocument({
    size: [width, height],
    margin: 0,
    info: { CreationDate: new Date(0) },
    // Given here too, or the document would begin with a standard font that is not embedded.
    font: fontFace(false, false).path,
  });
  for (const { path, font } of fontFaces()) pdf.registerFont(font.postscriptName, path);
  svgToPdf(pdf, withoutSolidDashes(svg), 0, 0, {
    width,
    height,
    fontCallback: (_family, isBold, isItalic) => fontFace(isBold, isItalic).font.postscriptName,
    warningCallback: (warning) => {
      throw new InputError("figure", `cannot be drawn as PDF: ${warning}`);
    },
  });
  const chunks: Uint8Array[] = [];
  pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => pdf.on("end", resolve));
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function sizeInPoints(svg: string): { width: number; height: number } {
  const found = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  if (!found) throw new InputError("figure", "the SVG says no width and height");
  const [width, height] = [found[1]!, found[2]!].map(
    (length) => (Number(length) * POINTS_PER_INCH) / UNITS_PER_INCH,
  );
  return { width: width!, height: height! };
}

/** Vega's way to write a solid line among dashed ones is a gap of zero, which a PDF may not have. */
function withoutSolidDashes(svg: string): string {
  return svg.replaceAll(' stroke-dasharray="1,0"', "");
}
