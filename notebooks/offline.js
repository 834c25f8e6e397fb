import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Vite plugin that serves notebooks with the network off. Observable Notebook Kit loads its libraries and styles from
 * a CDN when a page is opened; this takes each of them from node_modules instead, and offers only those.
 *
 * @returns {import("vite").Plugin}
 */
export function offline() {
  return {
    name: "entigraph:offline",
    enforce: "pre",
    transform(code, id) {
      const path = id.split("?")[0];
      if (path.endsWith("stdlib/recommendedLibraries.js")) return { code: LIBRARIES, map: null };
      if (path.endsWith("stdlib/sampleDatasets.js")) return { code: "export {};", map: null };
      if (!code.includes(CDN)) return null;
      const missing = missingLibrary(code);
      if (missing) return { code: `throw ${notPartOfSite(missing)};`, map: null };
      return { code: localCode(code), map: null };
    },
  };
}

/** What the cells of a notebook find without importing it. */
const LIBRARIES = `
export const htl = () => import("htl");
export const html = () => import("htl").then((_) => _.html);
export const svg = () => import("htl").then((_) => _.svg);
export const Inputs = () => import("./inputs.js");
export const md = () => import("./md.js").then((_) => _.md);
export const Plot = () => import("@observablehq/plot");
export const tex = () => import("./tex.js").then((_) => _.tex);
`;

const CDN = "https://cdn.jsdelivr.net/npm/";

function localCode(code) {
  return code
    .replace(/^const link = [\s\S]*?link\.href = "([^"]+)";[\s\S]*?appendChild\(link\);$/m, 'import "$1";')
    .replace(/import\("(https:\/\/cdn\.jsdelivr\.net\/npm\/[^"]+)"\)/g, (_, url) => dynamicImport(url))
    .replace(/"(https:\/\/cdn\.jsdelivr\.net\/npm\/[^"]+)"/g, (_, url) =>
      JSON.stringify(localSpecifier(url)),
    );
}

/** "https://cdn.jsdelivr.net/npm/@scope/name@1.2/dist/x.css" to "@scope/name/dist/x.css". */
function localSpecifier(url) {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/@]+)(?:@[^/]*)?(.*)$/.exec(url.slice(CDN.length));
  return name + rest.replace(/\/\+esm$/, "");
}

/** A library without which a module of the kit cannot be, and which is not installed. */
function missingLibrary(code) {
  const needed = [
    ...code.matchAll(/^(?:import|export)\b[^;("]*?"(https:\/\/cdn\.jsdelivr\.net\/npm\/[^"]+)"/gm),
  ];
  return needed.map((match) => localSpecifier(match[1])).find((specifier) => !isInstalled(specifier));
}

/** A library that is not installed is missed when it is used, not when the page is opened. */
function dynamicImport(url) {
  const specifier = localSpecifier(url);
  if (isInstalled(specifier)) return `import(${JSON.stringify(specifier)})`;
  return `Promise.reject(${notPartOfSite(specifier)})`;
}

function notPartOfSite(specifier) {
  return `new Error(${JSON.stringify(`${specifier} is not part of this site`)})`;
}

function isInstalled(specifier) {
  try {
    require.resolve(specifier);
    return true;
  } catch (error) {
    // Installed, but without an entry for CommonJS.
    return error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}
