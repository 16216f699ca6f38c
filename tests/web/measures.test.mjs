/** What an engine says of its own work: figures, spans and a journal, read by others' parsers. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, test } from 'node:test';

import { Measures } from '../../pkg/measures.js';
import { createEngine } from '../../pkg/node.js';
import { logo } from './fixtures.mjs';

/** @type {Measures} */
let measures;

before(async () => {
  const engine = await createEngine();
  await engine.open(await logo('heron.png'));
  await engine.svg();
  await engine.export('pdf');
  await engine.open(new Uint8Array([1, 2, 3])).catch(() => {});
  const stop = new AbortController();
  await engine.trace({ min_area_px2: 9 }, { signal: stop.signal, onProgress: () => stop.abort() }).catch(() => {});
  await engine.pixels();
  ({ measures } = engine);
  engine.close();
});

/** The text as prometheus_client's strict parser reads it. @param {string} text */
function parsed(text) {
  const python = process.env.PYTHON;
  assert(python, 'Set PYTHON to a Python with prometheus_client, or run cargo xtask test.');
  const script = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
families = text_string_to_metric_families(sys.stdin.read())
print(json.dumps([[s.name, s.labels, s.value] for f in families for s in f.samples]))`;
  /** @type {[string, { [name: string]: string }, number][]} */
  const samples = JSON.parse(execFileSync(python, ['-c', script], { input: text, encoding: 'utf8' }));
  return (/** @type {string} */ name, /** @type {{ [name: string]: string }} */ labels) =>
    samples.filter(([n, l]) => n === name && Object.entries(labels).every(([key, value]) => l[key] === value)).reduce((sum, [, , value]) => sum + value, 0);
}

test('a real OpenMetrics parser reads the figures', () => {
  const value = parsed(measures.openMetrics);
  assert.equal(value('logopress_jobs_total', { method: 'open', outcome: 'done' }), 1);
  assert.equal(value('logopress_jobs_total', { method: 'open', outcome: 'failed' }), 1);
  assert.equal(value('logopress_jobs_total', { method: 'export', outcome: 'done' }), 2);
  assert.equal(value('logopress_jobs_total', { method: 'trace', outcome: 'stopped' }), 1);
  assert.equal(value('logopress_faults_total', { code: 'unknown-format' }), 1);
  assert.equal(value('logopress_workers_total', {}), 2, 'a second after the one that was stopped');
  assert.equal(value('logopress_job_seconds_count', { method: 'export' }), 2);
  assert.equal(value('logopress_job_seconds_bucket', { method: 'export', le: '+Inf' }), 2);
  assert(value('logopress_stage_seconds_sum', { stage: 'curves' }) > 0);
});

test('the figures for people are those of the text', () => {
  const value = parsed(measures.openMetrics);
  const { jobs, stages, waits, workers } = measures.figures;
  for (const [outcome, count] of Object.entries(jobs)) assert.equal(count, value('logopress_jobs_total', { outcome }), outcome);
  assert.equal(workers, 2);
  const curves = stages.find(({ name }) => name === 'curves');
  assert(curves, JSON.stringify(stages));
  assert.equal(curves.count, value('logopress_stage_seconds_count', { stage: 'curves' }));
  assert(Math.abs(curves.meanS * curves.count - value('logopress_stage_seconds_sum', { stage: 'curves' })) < 1e-9);
  assert(curves.meanS <= curves.mostS);
  assert.equal(waits.reduce((sum, { count }) => sum + count, 0), value('logopress_wait_seconds_count', {}));
});

test('labels are written so that they are read back', () => {
  const own = new Measures();
  own.begin('a "b" \\ c\nd').end('done');
  assert.equal(parsed(own.openMetrics)('logopress_jobs_total', { method: 'a "b" \\ c\nd' }), 1);
});

test('stages lie within their jobs in the trace', () => {
  const { traceEvents } = JSON.parse(measures.chromeTrace);
  /** @param {string} cat @param {string} name */
  const find = (cat, name) => traceEvents.find((/** @type {any} */ event) => event.cat === cat && event.name === name);
  const [job, stage] = [find('job', 'export'), find('stage', 'curves')];
  assert.equal(stage.args.job, job.args.job);
  // Each time is rounded to a microsecond.
  assert(stage.ts >= job.ts - 1 && stage.ts + stage.dur <= job.ts + job.dur + 2);
});

test('the journal has levels and what they are about', () => {
  const failed = measures.journal.filter(({ level }) => level === 'error');
  assert.equal(failed.length, 1);
  assert.equal(failed[0].code, 'unknown-format');
  assert.equal(failed[0].method, 'open');
});

test('what is kept is bounded', () => {
  const own = new Measures();
  for (let i = 0; i < 3000; i += 1) own.begin('open').end('done');
  assert.equal(own.journal.length, 1000);
  assert.equal(JSON.parse(own.chromeTrace).traceEvents.length, 1000);
  assert.equal(performance.getEntriesByType('measure').length, 0);
});
