/**
 * The notebooks as a site that needs no network.
 *
 *     node notebooks/site.js build     a static site in notebooks/dist, for any static host
 *     node notebooks/site.js serve     the same, served while they are edited
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { config, observable } from "@observablehq/notebook-kit/vite";
import { build, createServer, mergeConfig } from "vite";
import { offline } from "./offline.js";

const root = import.meta.dirname;
const repository = join(root, "..");

/** Adds style.css to every page: the kit's own styles come with its themes. */
const style = {
  name: "entigraph:style",
  transformIndexHtml: () => [
    { tag: "style", children: readFileSync(join(root, "style.css"), "utf8"), injectTo: "head" },
  ],
};

const site = mergeConfig(config(), {
  root,
  configFile: false,
  plugins: [offline(), observable(), style],
  // The package's own public entries: notebooks see what users see.
  resolve: {
    alias: [
      { find: /^entigraph$/, replacement: join(repository, "dist/index.js") },
      { find: /^entigraph\/figure$/, replacement: join(repository, "dist/figure/figures.js") },
    ],
  },
  server: { fs: { allow: [repository] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    rollupOptions: {
      input: readdirSync(root)
        .filter((file) => file.endsWith(".html"))
        .map((file) => join(root, file)),
    },
  },
});

const command = process.argv[2];
if (command === "build") {
  await build(site);
} else if (command === "serve") {
  const server = await createServer(site);
  await server.listen();
  server.printUrls();
} else {
  process.stderr.write("usage: node notebooks/site.js build | serve\n");
  process.exitCode = 2;
}
