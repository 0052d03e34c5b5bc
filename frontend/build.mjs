// Build the card into the one file that the integration serves.
//
//   node build.mjs            write it
//   node build.mjs --check    write nothing, fail where the committed file is not what the source makes
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const OUTPUT = new URL("../custom_components/voipms/frontend/voipms-conversations.js", import.meta.url);
const LIMIT = 120_000;

/** esbuild leaves the style sheets in the source as they are written, spaces and comments and all. */
const styleSheets = {
  name: "style-sheets",
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/][\w-.]+\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const parts = await Promise.all(
        source.split(/(?<=\bcss`)([^`]*)/).map(async (part, index) => {
          if (index % 2 === 0) return part;
          return (await transform(part, { loader: "css", minify: true, charset: "utf8" })).code.trim();
        }),
      );
      return { contents: parts.join(""), loader: "ts" };
    });
  },
};

const check = process.argv.includes("--check");
const result = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["src/index.ts"],
  outfile: "voipms-conversations.js",
  write: false,
  bundle: true,
  plugins: [styleSheets],
  format: "esm",
  target: "es2022",
  minify: true,
  // What is private to a class is nobody's business by name; Lit has no such names.
  mangleProps: /^_[a-z]/,
  charset: "utf8",
  legalComments: "none",
  banner: {
    js: "/*! With Lit, Copyright Google LLC, SPDX-License-Identifier: BSD-3-Clause, and Material Design Icons, Apache-2.0 */",
  },
  define: { "process.env.NODE_ENV": '"production"' },
});
// Nor does it touch the templates of HTML; there, and nowhere else in what
// it makes, a line begins with an indentation, which means no more than a space.
const built = Buffer.from(result.outputFiles[0].text.replace(/\n {2,}/g, " "));
const size = `${(built.length / 1000).toFixed(1)} kB (${(gzipSync(built).length / 1000).toFixed(1)} kB compressed)`;

if (built.length >= LIMIT) {
  console.error(`The card has become too large: ${size}, and it may be ${LIMIT / 1000} kB.`);
  process.exit(1);
}
if (!check) {
  await writeFile(OUTPUT, built);
  console.log(`Built the card: ${size}`);
} else if (!built.equals(await readFile(OUTPUT).catch(() => Buffer.alloc(0)))) {
  console.error("The built card is not what its source makes: run scripts/frontend and commit the file.");
  process.exit(1);
}
