// Builds what the browser loads: one stylesheet, one script per audience, fonts, icons, the QR reader.
// Names are stable; Django's manifest storage adds the content hash. `--watch` rebuilds on change.
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "static", "dist");
const modules = join(here, "..", "..", "..", "node_modules");
const require = createRequire(import.meta.url);

// Kilobytes after gzip; the build stops when one is passed.
const BUDGETS = { "symposia.css": 40, "shell.js": 60 };

const VARIABLE = "@fontsource-variable";
const FONTS = {
  "plex-sans-latin": `${VARIABLE}/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal`,
  "plex-sans-latin-ext": `${VARIABLE}/ibm-plex-sans/files/ibm-plex-sans-latin-ext-wght-normal`,
  "plex-sans-latin-italic": `${VARIABLE}/ibm-plex-sans/files/ibm-plex-sans-latin-wght-italic`,
  "plex-sans-latin-ext-italic": `${VARIABLE}/ibm-plex-sans/files/ibm-plex-sans-latin-ext-wght-italic`,
  "plex-sans-arabic-400": "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal",
  "plex-sans-arabic-500": "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-500-normal",
  "plex-sans-arabic-600": "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal",
  "plex-mono-latin-400": "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal",
  "plex-mono-latin-500": "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal",
  "source-serif-latin": `${VARIABLE}/source-serif-4/files/source-serif-4-latin-wght-normal`,
  "source-serif-latin-ext": `${VARIABLE}/source-serif-4/files/source-serif-4-latin-ext-wght-normal`,
  "source-serif-latin-italic": `${VARIABLE}/source-serif-4/files/source-serif-4-latin-wght-italic`,
};

async function copyFonts() {
  await mkdir(join(dist, "fonts"), { recursive: true });
  const copies = Object.entries(FONTS).map(([name, source]) =>
    copyFile(join(modules, `${source}.woff2`), join(dist, "fonts", `${name}.woff2`)),
  );
  await Promise.all(copies);
}

async function copyQrReader() {
  await copyFile(require.resolve("zxing-wasm/reader/zxing_reader.wasm"), join(dist, "zxing_reader.wasm"));
}

// One sprite: each icons/<name>.svg becomes <symbol id="<name>">, without its outer element.
async function joinIcons() {
  const names = (await readdir(join(here, "icons"))).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(
    names.map(async (file) => {
      const [, attributes, body] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(await readFile(join(here, "icons", file), "utf8"));
      const [viewBox] = /viewBox="[^"]*"/.exec(attributes);
      return `<symbol id="${file.slice(0, -4)}" ${viewBox}>${body.trim()}</symbol>`;
    }),
  );
  await writeFile(join(dist, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

// An icon that the stylesheet uses as a mask stands in it as data, drawn in lines as `.icon` draws it.
const LINES = 'fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"';
const masks = {
  name: "masks",
  setup(build) {
    build.onLoad({ filter: /icons[\\/][a-z-]+\.svg$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).trim().replace("<svg ", `<svg ${LINES} `),
      loader: "dataurl",
    }));
  },
};

async function checkBudgets() {
  for (const [name, limit] of Object.entries(BUDGETS)) {
    const size = gzipSync(await readFile(join(dist, name))).length / 1000;
    console.log(`${name}: ${size.toFixed(1)} kB compressed, limit ${limit}`);
    if (size > limit) throw new Error(`${name} is over its budget`);
  }
}

async function entries() {
  const scripts = await readdir(join(here, "ts", "entries"));
  return [join(here, "css", "symposia.css"), ...scripts.map((name) => join(here, "ts", "entries", name))];
}

const options = {
  entryPoints: await entries(),
  outdir: dist,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox121", "safari17.5"],
  external: ["*.woff2"],
  plugins: [masks],
  logLevel: "warning",
  legalComments: "linked",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([copyFonts(), copyQrReader(), joinIcons()]);
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
  await checkBudgets();
}
