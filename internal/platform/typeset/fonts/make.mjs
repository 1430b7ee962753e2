// Makes the fonts that PDFs are set in from the packages of Fontsource. Run it
// in an empty folder outside the checkout:
//
//   npm install @fontsource-variable/source-serif-4@5 @fontsource-variable/inter@5 subset-font@2.9
//   node path/to/make.mjs path/to/internal/platform/typeset/fonts
//
// Each font is one weight of one script. Tables that a PDF does not need are
// left out, the names among them: Source Serif has a reserved font name, which
// a changed file must not carry (OFL 1.1, condition 3).
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { createRequire } from "node:module";

const load = createRequire(path.join(process.cwd(), "make.mjs"));
const subsetFont = load("subset-font");

const range = (a, b) => Array.from({ length: b - a + 1 }, (_, i) => String.fromCodePoint(a + i)).join("");
const scripts = {
  latin: range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœˆ˚˜–—‘’‚“”„†‡•…‰′″‹›⁄€™↑↓→←−∕×≈≠≤≥∞ \u2009\u200a\u202f",
  "latin-ext": range(0x100, 0x17f) + "ȘșȚțẀẁẂẃẄẅẞỲỳ₤₺₽₹₩₫",
  greek: range(0x384, 0x3ce),
  cyrillic: range(0x400, 0x45f) + "Ґґ№₴",
};

const kept = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"];

// strip leaves a font with the tables that are kept.
function strip(font) {
  const tables = [];
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = 12 + 16 * i;
    const tag = font.toString("latin1", at, at + 4);
    if (!kept.includes(tag)) continue;
    const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
    tables.push([font.subarray(at, at + 8), font.subarray(offset, offset + length)]);
  }
  const directory = Buffer.alloc(12 + 16 * tables.length);
  font.copy(directory, 0, 0, 4);
  directory.writeUInt16BE(tables.length, 4);
  const parts = [directory];
  let offset = directory.length;
  tables.forEach(([entry, body], i) => {
    entry.copy(directory, 12 + 16 * i);
    directory.writeUInt32BE(offset, 20 + 16 * i);
    directory.writeUInt32BE(body.length, 24 + 16 * i);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

const faces = [
  ["serif", "source-serif-4", "wght-normal", 400, Object.keys(scripts)],
  ["serif-bold", "source-serif-4", "wght-normal", 650, Object.keys(scripts)],
  ["serif-italic", "source-serif-4", "wght-italic", 400, ["latin", "latin-ext"]],
  ["sans", "inter", "wght-normal", 420, Object.keys(scripts)],
];
for (const [face, family, cut, wght, parts] of faces) {
  for (const script of parts) {
    const from = `node_modules/@fontsource-variable/${family}/files/${family}-${script}-${cut}.woff2`;
    const font = await subsetFont(fs.readFileSync(from), scripts[script], { targetFormat: "truetype", variationAxes: { wght }, keepFeatures: [], noLayoutClosure: true });
    const packed = zlib.gzipSync(strip(Buffer.from(font)), { level: 9 });
    fs.writeFileSync(path.join(process.argv[2], `${face}-${script}.ttf.gz`), packed);
    console.log(face, script, packed.length);
  }
}
