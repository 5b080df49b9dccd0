// Asks other checkers about the pairs of bench-answers.sh and prints a table in Markdown. Run in a folder of its own where
// the packages are installed: node bench-peers.mjs FOLDER. Maxima is asked when it is on the path.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const folder = process.argv[2]
const require = createRequire(join(folder, 'package.json'))
const pairs = readFileSync(join(folder, 'pairs.jsonl'), 'utf8').trim().split('\n').map((l) => JSON.parse(l))

/** Asks one checker about every pair: true, false, or null when it does not say. */
function ask(name, judge) {
  const said = []
  const before = process.cpuUsage()
  for (const p of pairs) {
    let yes = null
    try {
      yes = judge(p)
    } catch {
      yes = null
    }
    said.push(yes)
  }
  const used = process.cpuUsage(before)
  return { name, said, micros: (used.user + used.system) / pairs.length }
}

function version(name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
}

const results = []
const KAS = require('@khanacademy/kas')
results.push(
  ask(`KAS ${version('@khanacademy/kas')}`, (p) => {
    const [a, b] = p.plain.map((s) => KAS.parse(s))
    return a.parsed && b.parsed ? KAS.compare(b.expr, a.expr, { simplify: false, form: false }).equal : null
  }),
)
const { ComputeEngine } = require('@cortex-js/compute-engine')
const engine = new ComputeEngine()
results.push(
  ask(`Compute Engine ${version('@cortex-js/compute-engine')}`, (p) => {
    const [a, b] = p.tex.map((s) => engine.parse(s))
    const said = a.isEqual(b)
    if (said !== undefined) return said
    // It does not say of expressions with letters; their difference, multiplied out and simplified, may be 0.
    return engine.box(['Expand', ['Subtract', a.json, b.json]]).evaluate().simplify().is(0) ? true : null
  }),
)
try {
  const lines = pairs.map((p) => `print(errcatch(is(fullratsimp(trigreduce(radcan(logcontract((${p.maxima[0]})-(${p.maxima[1]}))))) = 0)))$`)
  writeFileSync(join(folder, 'pairs.mac'), `display2d:false$\n${lines.join('\n')}\n`)
  const name = execFileSync('maxima', ['--version'], { encoding: 'utf8' }).trim()
  const began = process.hrtime.bigint()
  const out = execFileSync('maxima', ['--very-quiet', '-b', join(folder, 'pairs.mac')], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const micros = Number(process.hrtime.bigint() - began) / 1000 / pairs.length
  const said = out.split('\n').filter((l) => /^\[(true|false|)\] *$/.test(l)).map((l) => (l.startsWith('[true') ? true : l.startsWith('[false') ? false : null))
  if (said.length !== pairs.length) throw new Error(`Maxima answered ${said.length} of ${pairs.length}`)
  results.push({ name, said, micros })
} catch (e) {
  process.stderr.write(`bench-peers: Maxima is left out: ${e.message}\n`)
}

const count = (test) => pairs.filter((p, i) => test(p, i)).length
process.stdout.write(`## Beside other checkers\n\n${pairs.length} of the made pairs, in the kinds that all of them read; each was given the syntax that it likes best, written by our own reader.\n\n`)
process.stdout.write('| checker | says what was made | accepts an unequal pair | refuses an equal pair | does not say | µs a check (processor; Maxima: clock) |\n| --- | ---: | ---: | ---: | ---: | ---: |\n')
process.stdout.write(`| Kith | ${count((p) => p.ours === p.equal)} | ${count((p) => p.ours && !p.equal)} | ${count((p) => !p.ours && p.equal)} | 0 | see above |\n`)
for (const r of results) {
  const of = (said, equal) => count((p, i) => r.said[i] === said && p.equal === equal)
  process.stdout.write(`| ${r.name} | ${of(true, true) + of(false, false)} | ${of(true, false)} | ${of(false, true)} | ${of(null, true) + of(null, false)} | ${r.micros.toFixed(0)} |\n`)
}
process.stdout.write('\nWhere they differ from what was made, by kind, with the first pair of each:\n\n| checker | kind | pairs | for example |\n| --- | --- | ---: | --- |\n')
for (const r of results) {
  const kinds = new Map()
  pairs.forEach((p, i) => {
    if (r.said[i] === p.equal) return
    const said = r.said[i] === null ? 'does not say' : r.said[i] ? 'accepts' : 'refuses'
    const key = `${p.kind}: ${said}`
    if (!kinds.has(key)) kinds.set(key, { n: 0, example: `${p.plain[0]} and ${p.plain[1]}` })
    kinds.get(key).n++
  })
  for (const [kind, { n, example }] of kinds) process.stdout.write(`| ${r.name} | ${kind} | ${n} | \`${example.replaceAll('|', '\\|')}\` |\n`)
}
