// Tells stories in one Chromium, several at a time. Jobs come in, one JSON object
// a line: {"id", "story", "lang", "address", "helper", "shots", "given"}; what was
// wrong goes out, one line a job: {"id", "faults", "said"}. No fault: all is well.
//   node run.mjs CHROMIUM
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { Story } from "./story.mjs";

const browser = await chromium.launch({ executablePath: process.argv[2], args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const longest = 240_000; // what waits for ever must not hold up all the others
const running = new Set();
for await (const line of createInterface({ input: process.stdin })) {
  const told = tell(JSON.parse(line)).finally(() => running.delete(told));
  running.add(told);
}
await Promise.all(running);
await browser.close();

async function tell(job) {
  const story = new Story(browser, job);
  try {
    const { default: go } = await import(`./${job.story}.mjs`);
    let late;
    const ends = new Promise((_, no) => { late = setTimeout(() => no(new Error("the story does not end")), longest); });
    await Promise.race([go(story), ends]).finally(() => clearTimeout(late));
  } catch (error) {
    story.fault(`stops: ${error.stack}`);
  }
  await story.close();
  process.stdout.write(JSON.stringify({ id: job.id, faults: story.faults, said: story.said }) + "\n");
}
