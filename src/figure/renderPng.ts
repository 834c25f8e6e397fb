import { crc32 } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { DomainError } from "../errors.ts";
import { FONT_FILES_FAMILY, fontFaces } from "./fonts.ts";
import { UNITS_PER_INCH } from "./theme.ts";

/** Resolution of print. */
export const PRINT_DPI = 300;

/** How large a PNG is: by resolution in dots per inch, or in pixels per unit of the specification (1/96 in). */
export type PngSize = { readonly dpi: number } | { readonly scale: number };

/**
 * Draw an SVG as PNG with the bundled font; the resolution is recorded in the file.
 *
 * @param svg - from {@link renderSvg}
 * @param size - default 300 dpi
 * @returns the bytes of the PNG file; the same for the same SVG on one platform
 * @throws {DomainError} if the resolution or scale is not positive
 */
export function renderPng(svg: string, size: PngSize = { dpi: PRINT_DPI }): Uint8Array {
  const scale = "dpi" in size ? size.dpi / UNITS_PER_INCH : size.scale;
  if (!(scale > 0 && scale < Infinity)) throw new DomainError("scale", scale, "positive and finite");
  const png = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFaces().map(({ path }) => path),
      defaultFontFamily: FONT_FILES_FAMILY,
      serifFamily: FONT_FILES_FAMILY,
    },
  }).render();
  return withResolution(png.asPng(), scale * UNITS_PER_INCH);
}

/** The PNG with a pHYs chunk, dots per metre, after the header [PNG, §11.3.4.3]. */
function withResolution(png: Uint8Array, dpi: number): Uint8Array {
  // Signature (8 bytes), then the header chunk: length, "IHDR", 13 bytes, checksum.
  const afterHeader = 8 + 4 + 4 + 13 + 4;
  const dotsPerMetre = Math.round(dpi / 0.0254);
  const chunk = Buffer.alloc(4 + 4 + 9 + 4);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(dotsPerMetre, 8);
  chunk.writeUInt32BE(dotsPerMetre, 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
