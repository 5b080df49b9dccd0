// unit: runs every internal/web/**/*.test.ts(x) under node's own test runner.
//
//   node tests/unit.mjs
//
// The tests are bundled for node into .cache/unit first; packages stay outside the bundle. No test found is a failure.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as esbuild from 'esbuild'

const root = resolve(import.meta.dirname, '..')
const out = join(root, '.cache/unit')
const tests = readdirSync(join(root, 'internal/web'), { recursive: true })
  .filter((name) => /\.test\.tsx?$/.test(name) && !name.startsWith('dist'))
  .toSorted()
  .map((name) => join(root, 'internal/web', name))
if (tests.length === 0) {
  console.error('unit: no internal/web/**/*.test.ts or .tsx found')
  process.exit(1)
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await esbuild.build({
  entryPoints: tests,
  outdir: out,
  outbase: join(root, 'internal/web'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.css': 'empty' },
  logLevel: 'warning',
})

const files = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.test.mjs')).map((name) => join(out, name))
const run = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...files], { stdio: 'inherit' })
process.exit(run.status ?? 1)
