// Every kind of page in Chromium. Prints what is wrong, one line each, and exits 1 if anything is.
import { chromium } from 'playwright-core';
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';

const base = process.argv[2].replace(/\/$/, '');
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const wrong = [];
const fail = (where, what) => { wrong.push(`${where}: ${what}`); console.log(`WRONG ${where}: ${what}`); };
mkdirSync('html', { recursive: true });
mkdirSync('shots', { recursive: true });

const json = async (path) => (await fetch(base + path)).json();
const found = await json('/api/v1/search?q=home+schooling');
const any = await json('/api/v1/search?per_page=5');
const hit = found.results[0] ?? any.results[0];
const pathOf = (address) => new URL(address).pathname;
const committee = (await json('/api/v1/committees')).committees[0];
const topic = found.facets.topic[0] ?? any.facets.topic[0];
const role = found.facets.role[0] ?? any.facets.role[0];
const item = pathOf(hit.url);

const pages = {
  home: '/',
  browse: '/search',
  results: '/search?q=home+schooling',
  many: '/search?q=report&page=2&per_page=10',
  filtered: `/search?q=report&committee=${committee.slug}&year=2019&kind=noted`,
  nothing: '/search?q=nosuchwordatall',
  wrongdate: '/search?q=report&from-day=31&from-month=2&from-year=2019',
  item: `${item}?q=home+schooling`,
  plainitem: item,
  cite: `${item}/cite`,
  meeting: `/meetings/${encodeURIComponent(hit.meeting)}`,
  committees: '/committees',
  committee: `/committees/${committee.slug}`,
  topics: '/topics',
  ...(topic ? { topic: `/topics/${topic.value}` } : {}),
  roles: '/roles',
  ...(role ? { role: `/roles/${role.value}` } : {}),
  councils: '/councils',
  held: '/held',
  help: '/help',
  crawler: '/about-crawler',
  privacy: '/privacy',
  accessibility: '/accessibility',
  api: '/api',
  missing: '/no-such-page',
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A window of its own; scripts are off unless axe must run. */
const open = async (options) => browser.newContext({ ignoreHTTPSErrors: false, ...options });

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const check = async (page, where) => {
  const result = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, { runOnly: rules });
    return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join('; ')})`);
  }, rules);
  for (const violation of result) fail(where, violation);
};

// 1. axe in light, dark and narrow windows. The page's own policy forbids all scripts, so this window sets it aside.
for (const [look, options] of [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['narrow', { colorScheme: 'light', viewport: { width: 320, height: 640 } }],
]) {
  const context = await open({ ...options, bypassCSP: true });
  const page = await context.newPage();
  const strangers = [];
  page.on('request', (request) => { if (!request.url().startsWith(base)) strangers.push(request.url()); });
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(base + path);
    await page.evaluate(axe);
    await check(page, `${name} (${look})`);
    await page.screenshot({ path: `shots/${name}-${look}.png`, fullPage: name !== 'held' });
    if (look === 'narrow') {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) fail(`${name} (320 px)`, `scrolls sideways by ${wide} px`);
      const small = await page.evaluate(() => [...document.querySelectorAll('a, button, input, select, summary')]
        .filter((e) => e.checkVisibility() && !e.closest('p, dd, td, li:not(.choice), figure, .hidden, svg, .skip') && e.className !== 'skip')
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(([html, box]) => `${html} is ${Math.round(box.width)} by ${Math.round(box.height)} px`));
      for (const target of small) fail(`${name} (targets)`, target);
    }
  }
  for (const stranger of strangers) fail(look, `asked a stranger: ${stranger}`);
  await context.close();
}

// 2. Without JavaScript: search, filter, next page, open an item, and nothing is stored.
{
  const context = await open({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${base}/`);
  await page.fill('#q', 'report');
  await page.click('.big button');
  if (!page.url().endsWith('/search?q=report')) fail('no scripts', `searching leads to ${page.url()}`);
  const before = await page.textContent('h1');
  await page.check('input[name=year] >> nth=0');
  await page.click('.filters button');
  if (!/[?&]year=\d{4}/.test(page.url())) fail('no scripts', `the filter leads to ${page.url()}`);
  if (await page.textContent('h1') === before) fail('no scripts', 'the filter changes nothing');
  await page.click('.applied .remove >> nth=0');
  if (/year=/.test(page.url())) fail('no scripts', 'the filter cannot be taken away');
  await page.click('a[rel=next]');
  if (!/page=2/.test(page.url())) fail('no scripts', `the next page leads to ${page.url()}`);
  await page.click('.card .title a >> nth=0');
  if (!/\/items\/.*\?q=report/.test(page.url())) fail('no scripts', `a result leads to ${page.url()}`);
  if ((await context.cookies()).length) fail('no scripts', 'there are cookies');
  // The pages as they are served, for the validator.
  for (const [name, path] of Object.entries(pages)) {
    const response = await fetch(base + path);
    writeFileSync(`html/${name}.html`, await response.text());
  }
  await page.goto(base + pages.item);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: 'shots/item-print.png', fullPage: true });
  await page.pdf({ path: 'item.pdf', format: 'A4' });
  await context.close();
}

// 3. By keyboard alone: the skip link comes first, focus is always seen, and Enter opens the first result.
{
  const context = await open({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  for (const name of ['home', 'results', 'item', 'held']) {
    await page.goto(base + pages[name].split('#')[0]);
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => [document.activeElement.className, document.activeElement.getBoundingClientRect().left]);
    if (first[0] !== 'skip' || first[1] < 0) fail(`${name} (keyboard)`, `the first stop is ${first}`);
    const seen = new Set();
    for (let step = 0; step < 150; step += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const style = getComputedStyle(e);
        const box = e.getBoundingClientRect();
        return {
          key: `${e.tagName} ${e.id} ${e.getAttribute('href') ?? ''} ${e.textContent.trim().slice(0, 30)}`,
          outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          inside: box.bottom > 0 && box.top < innerHeight,
        };
      });
      if (!stop) break;
      seen.add(stop.key);
      if (!stop.outlined) fail(`${name} (keyboard)`, `focus cannot be seen on ${stop.key}`);
      if (!stop.inside) fail(`${name} (keyboard)`, `focus is off the screen on ${stop.key}`);
    }
    if (seen.size < 8) fail(`${name} (keyboard)`, `only ${seen.size} stops`);
  }
  await page.goto(`${base}/search`);
  await page.focus('#q');
  await page.keyboard.type('report');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=report/);
  await page.focus('.card .title a');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/items\//);
  const storage = await page.evaluate(() => localStorage.length + sessionStorage.length);
  if (storage) fail('storage', `${storage} things are stored`);
  await context.close();
}

// 4. Forced colours and large text: matches stay marked, nothing is cut off.
{
  const context = await open({ forcedColors: 'active', viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(base + pages.item);
  await page.screenshot({ path: 'shots/item-forced.png' });
  const marked = await page.evaluate(() => getComputedStyle(document.querySelector('mark') ?? document.body).textDecorationLine);
  if (found.total && marked !== 'underline') fail('forced colours', `a match is not underlined (${marked})`);
  await context.close();
}

await browser.close();
if (wrong.length) {
  console.log(`\n${wrong.length} things are wrong`);
  process.exit(1);
}
console.log(`${Object.keys(pages).length} pages, nothing wrong`);
