// Opens e-books in Chromium: Ace by DAISY over whole books, axe-core and a look at single pages.
//
//   node check.mjs JOB.json
//
// The job is { chromium, ace: [paths of EPUBs], pages: [{ url, picture }], folder }: the pages are opened in
// each of the views below, and pictured as FOLDER/<picture>-<view>.png. What is found is written to the standard
// output as JSON: { faults: [{ where, what }], views: [names] }.

import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
process.env.PUPPETEER_EXECUTABLE_PATH = job.chromium;

const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");
const puppeteer = require("puppeteer");
const axe = readFileSync(require.resolve("@daisy/axe-core-for-ace/axe.min.js"), "utf8");

// Rules for pages of a site, which Ace leaves out for books as well.
const SITES = ["bypass", "region", "page-has-heading-one", "landmark-complementary-is-top-level"];

const SCREENS = { phone: [360, 640], tablet: [768, 1024] };
const SIZES = [100, 200];
// What reading systems lay over a book by night: a dark ground, light words, links that can be read on it.
const NIGHT = "html, body { background: #121212; color: #e4e4e4 } a:any-link { color: #8ab4f8 }";
// Reading systems give every page its margin, whatever the book says.
const MARGIN = "padding: 24px !important; box-sizing: border-box !important";
const VIEWS = Object.keys(SCREENS).flatMap((screen) =>
  SIZES.flatMap((size) => ["day", "night"].map((light) => ({ screen, size, light, name: `${screen}-${size}-${light}` })))
);

const faults = [];

async function checkWithAce(path) {
  const folder = mkdtempSync(join(tmpdir(), "ace-"));
  try {
    runner.concurrency = 2;
    const [, report] = await ace(path, { cwd: process.cwd(), outdir: folder, silent: true, initLogger: true }, runner);
    for (const document of report.assertions) {
      for (const found of document.assertions) {
        const where = `${path}: ${document["earl:testSubject"].url}`;
        const what = found["earl:result"]["dct:description"].trim();
        faults.push({ where, what: `Ace ${found["earl:test"]["dct:title"]}: ${what}` });
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Runs in the page: what sticks out of the screen, pictures that do not show. A table of data in large type may be
// wider than a phone (WCAG 2.2, 1.4.10): its columns would else be a letter wide.
function look(isLarge) {
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  const found = [];
  const sticks = (e) => e.getBoundingClientRect().right > window.innerWidth + 1;
  const out = [...document.body.querySelectorAll("*")].filter((e) => sticks(e) && !(isLarge && e.closest("table")));
  if (wide > 0 && out.length) {
    const names = out.slice(0, 3).map((e) => `${e.localName}.${e.className}`);
    found.push(`sticks out by ${wide} px: ${names.join(", ")}`);
  }
  for (const image of document.images) {
    if (!(image.complete && image.naturalWidth)) found.push(`does not show ${image.getAttribute("src")}`);
  }
  return found;
}

async function dress(page, { screen, size, light }) {
  const [width, height] = SCREENS[screen];
  await page.setViewport({ width, height });
  await page.evaluate((css) => {
    document.getElementById("reader")?.remove();
    const style = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
    style.id = "reader";
    style.textContent = css;
    // Before the book's own sheets, as a reader's settings that the book may overrule.
    document.head.prepend(style);
  }, `html { font-size: ${size}%; ${MARGIN} } ${light === "night" ? NIGHT : ""}`);
}

async function checkPage(browser, { url, picture }) {
  const page = await browser.newPage();
  const told = (what) => faults.push({ where: picture, what });
  page.on("console", (message) => message.type() === "error" && told(`the console says ${message.text()}`));
  page.on("pageerror", (error) => told(String(error)));
  await page.goto(url);
  await page.evaluate(axe);
  for (const view of VIEWS) {
    await dress(page, view);
    await page.evaluate(() => document.fonts.ready);
    for (const what of await page.evaluate(look, view.size > 100)) told(`${view.name}: ${what}`);
    const rules = Object.fromEntries(SITES.map((rule) => [rule, { enabled: false }]));
    const found = await page.evaluate((options) => window.axe.run(options), { rules, preload: false, resultTypes: ["violations"] });
    for (const { id, help, nodes } of found.violations) {
      told(`${view.name}: axe ${id}: ${help} (${nodes[0].html.slice(0, 120)})`);
    }
    await page.screenshot({ path: join(job.folder, `${picture}-${view.name}.png`) });
  }
  await page.close();
}

for (const path of job.ace) await checkWithAce(path);
// Books hold no programs and need no network, so the sandbox, which root may not have, guards nothing.
const browser = await puppeteer.launch({
  executablePath: job.chromium,
  args: ["--no-sandbox", "--disable-background-networking", "--force-color-profile=srgb", "--hide-scrollbars"],
});
for (const page of job.pages) await checkPage(browser, page);
await browser.close();
console.log(JSON.stringify({ faults, views: VIEWS.map((view) => view.name) }));
