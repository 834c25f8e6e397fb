/**
 * The figures, under `entigraph/figure`: results in, Vega-Lite specifications, SVG, PNG and PDF out.
 * Apart from the root entry, so that the mathematics stays small.
 */
export * from "./figures.ts";
export { galleryPage } from "./galleryPage.ts";
export { type PngSize, PRINT_DPI, renderPdf, renderPng, renderSvg } from "./render.ts";
