// Makes the font files of the portal from the packages of Fontsource. Run it in
// an empty folder outside the checkout:
//
//   npm install @fontsource-variable/source-serif-4@5 @fontsource-variable/inter@5 subset-font@2.9 fontverter@2
//   node path/to/make.mjs path/to/web/static/fonts
//
// Weights are cut to what the stylesheet uses, characters to Latin text. Source
// Serif has a reserved font name, so the cut files carry a name of their own
// (OFL 1.1, condition 3).
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const load = createRequire(path.join(process.cwd(), "make.mjs"));
const subsetFont = load("subset-font");
const { convert } = load("fontverter");

const latin = () => {
  let s = "";
  for (let c = 0x20; c < 0x7f; c++) s += String.fromCodePoint(c);
  for (let c = 0xa0; c < 0x100; c++) s += String.fromCodePoint(c);
  return s + "ıŒœˆ˚˜–—‘’‚“”„•…′″‹›⁄€™↑↓−∕ \u2009\u200a\u202f";
};

// What texts in English and German seldom hold. The largest paint of a note
// waits for the serif: without these, and with them in a file of their own, it
// arrives one round trip sooner on a slow network.
const seldom = "¡¢¤¥¦¨ª¬¯´µ¶¸¹º¼½¾¿ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕØÙÚÛÝÞãìðòõùýþÿıŒœˆ˚˜⁄™↑↓∕";
const common = () => [...latin()].filter((c) => !seldom.includes(c)).join("");

// The rest of the letters that European languages write; pages load it only
// when they need one.
const extended = () => {
  let s = "";
  for (let c = 0x100; c < 0x180; c++) if (c !== 0x131 && c !== 0x152 && c !== 0x153) s += String.fromCodePoint(c);
  return s + "ȘșȚțẀẁẂẃẄẅẞỲỳ";
};

// name builds an OpenType name table with one string for each id
// (https://learn.microsoft.com/typography/opentype/spec/name).
function name(strings) {
  const records = Object.entries(strings).map(([id, s]) => [Number(id), Buffer.from(s, "utf16le").swap16()]);
  const head = Buffer.alloc(6 + 12 * records.length);
  head.writeUInt16BE(records.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  records.forEach(([id, text], i) => {
    [3, 1, 0x409, id, text.length, offset].forEach((v, j) => head.writeUInt16BE(v, 6 + 12 * i + 2 * j));
    offset += text.length;
  });
  return Buffer.concat([head, ...records.map((r) => r[1])]);
}

function checksum(b) {
  const padded = Buffer.concat([b, Buffer.alloc((4 - (b.length % 4)) % 4)]);
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}

// rename puts another name table into a font.
function rename(font, strings) {
  const count = font.readUInt16BE(4);
  const tables = [];
  for (let i = 0; i < count; i++) {
    const at = 12 + 16 * i;
    const tag = font.toString("latin1", at, at + 4);
    const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
    tables.push([tag, tag === "name" ? name(strings) : Buffer.from(font.subarray(offset, offset + length))]);
  }
  const directory = Buffer.alloc(12 + 16 * count);
  font.copy(directory, 0, 0, 12);
  const parts = [directory];
  let offset = directory.length;
  tables.forEach(([tag, body], i) => {
    if (tag === "head") body.writeUInt32BE(0, 8);
    directory.write(tag, 12 + 16 * i, "latin1");
    [checksum(body), offset, body.length].forEach((v, j) => directory.writeUInt32BE(v, 16 + 16 * i + 4 * j));
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    parts.push(padded);
    offset += padded.length;
  });
  const whole = Buffer.concat(parts);
  const head = tables.findIndex(([tag]) => tag === "head");
  whole.writeUInt32BE((0xb1b0afba - checksum(whole)) >>> 0, directory.readUInt32BE(20 + 16 * head) + 8);
  return whole;
}

const named = (family, style) => ({
  0: "© 2014 - 2021 Adobe Systems Incorporated (http://www.adobe.com/). Changed: fewer characters and weights.",
  1: family, 2: style, 3: `${family} ${style} 1`, 4: `${family} ${style}`, 5: "Version 1",
  6: `${family} ${style}`.replaceAll(" ", ""),
  13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.", 14: "https://openfontlicense.org",
});

const source = (family, file) => `node_modules/@fontsource-variable/${family}/files/${family}-${file}.woff2`;
// What the stylesheet asks of a font: pairs, ligatures, and in tables figures
// of one width.
const features = { inter: ["kern", "tnum"] };
const text = { wght: { min: 400, max: 700, default: 400 } };
const display = { opsz: 60, wght: 600 };
const serifName = named("LightTrends Serif", "Regular");
const displayName = named("LightTrends Display", "Semibold");
const jobs = [
  ["lighttrends-serif", source("source-serif-4", "latin-wght-normal"), common(), text, serifName],
  ["lighttrends-serif-seldom", source("source-serif-4", "latin-wght-normal"), seldom, text, serifName],
  ["lighttrends-serif-ext", source("source-serif-4", "latin-ext-wght-normal"), extended(), text, serifName],
  ["lighttrends-serif-italic", source("source-serif-4", "latin-wght-italic"), latin(), { wght: 400 }, named("LightTrends Serif", "Italic")],
  ["lighttrends-display", source("source-serif-4", "latin-opsz-normal"), latin(), display, displayName],
  ["lighttrends-display-ext", source("source-serif-4", "latin-ext-opsz-normal"), extended(), display, displayName],
  ["inter", source("inter", "latin-wght-normal"), latin(), text, null],
  ["inter-ext", source("inter", "latin-ext-wght-normal"), extended(), text, null],
];
const out = process.argv[2];
for (const [file, from, characters, variationAxes, names] of jobs) {
  let font = await subsetFont(fs.readFileSync(from), characters, { targetFormat: "truetype", variationAxes, keepFeatures: features[file] ?? ["kern", "liga"] });
  if (names) font = rename(font, names);
  const woff2 = await convert(font, "woff2");
  fs.writeFileSync(path.join(out, file + ".woff2"), woff2);
  console.log(file, woff2.length);
}
