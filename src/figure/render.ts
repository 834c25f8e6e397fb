/** Specifications to files: SVG, and from it PNG and PDF. Needs Node; everything else in this room runs anywhere. */
export { renderPdf } from "./renderPdf.ts";
export { type PngSize, PRINT_DPI, renderPng } from "./renderPng.ts";
export { renderSvg } from "./renderSvg.ts";
