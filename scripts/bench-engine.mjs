// bench-engine.mjs REAL DATA [ONLY]: runs the engine's benches and prints the tables of docs/bench/engine.md.
//
// REAL is the folder of real data beside this clone (its logs and answer matrices are turned into CSV in a temporary folder),
// DATA a folder of answer CSVs that somebody holds (*.csv, *.csv.gz; header user,item,skill,correct[,ts]); either may be
// missing. Our simulated schools always run. Needs bin/kith (make build). Where python3 has scikit-learn, its logistic
// regression runs on the same folds as a peer (scripts/peer-best-lr.py). ONLY is a part of a file's name: just those run.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const [real = '', held = '', only = ''] = process.argv.slice(2)
const kith = join(import.meta.dirname, '..', 'bin', 'kith')
const work = mkdtempSync(join(tmpdir(), 'kith-engine-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const run = (args) => execFileSync(kith, ['bench', ...args], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }).toString()
const say = (line) => process.stderr.write(`bench-engine: ${line}\n`)
const cells = (line) => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map((m) => m[2] ?? m[1])

// cloze is a log of practice in statistics: answers alone, without the trials that only show.
function cloze() {
	const path = join(real, 'logs', 'cloze_statistics_lkt.csv.gz')
	if (!existsSync(path)) return
	const [head, ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n')
	const at = Object.fromEntries(head.split(',').map((name, i) => [name, i]))
	const rows = lines.map(cells).filter((c) => c[at.outcome] === 'CORRECT' || c[at.outcome] === 'INCORRECT')
	write('cloze', rows.map((c) => [c[at.user], c[at.item], c[at['kc']], c[at.outcome] === 'CORRECT' ? 1 : 0, c[at.ts]]))
}

// matrix is a table of one test: a row a person, a column an item, asked in the order of the columns.
function matrix(name, file, isItem, questions) {
	const path = join(real, 'irt', file)
	if (!existsSync(path)) return
	const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map(cells)
	const rows = []
	for (const [n, c] of lines.entries())
		for (const [i, item] of head.entries())
			if (isItem(item) && /^[012]$/.test(c[i] ?? '')) rows.push([`p${n}`, item, (questions?.[item] ?? []).join(';'), c[i] === '0' ? 0 : 1, ''])
	write(name, rows)
}

// asked reads a Q-matrix: which skills each item asks.
function asked(file, itemColumn) {
	const path = join(real, 'irt', file)
	if (!existsSync(path)) return undefined
	const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map(cells)
	return Object.fromEntries(lines.map((c) => [c[itemColumn], head.filter((_, i) => i > itemColumn && c[i] === '1')]))
}

function write(name, rows) {
	writeFileSync(join(work, `${name}.csv`), `user,item,skill,correct,ts\n${rows.map((r) => r.join(',')).join('\n')}\n`)
	say(`${name}: ${rows.length} answers`)
}

say('making CSV of what stands here')
cloze()
matrix('ecpe', 'edmdata_items_ecpe.csv', (i) => i.startsWith('Item'), asked('edmdata_qmatrix_ecpe.csv', 0))
matrix('pisa2012', 'edmdata_items_pisa12_us_math.csv', (i) => /^[dp]m/.test(i))
matrix('timss2011', 'CDM_data.timss11.G4.AUT.part_data.csv', (i) => /^M\d/.test(i), asked('CDM_data.timss11.G4.AUT.part_q.matrix2.csv', 1))
for (const world of ['small', 'steps', 'builder', 'sequences', 'retries'])
	if (world.includes(only)) run(['world', world, '--out', join(work, `${world}.csv.gz`)])

const files = readdirSync(work).map((f) => join(work, f))
if (existsSync(held)) files.push(...readdirSync(held).filter((f) => /\.csv(\.gz)?$/.test(f)).map((f) => join(held, f)))

// python is one that has scikit-learn; Debian's package installs into its own.
const python = ['python3', '/usr/bin/python3'].find((p) => {
	try {
		execFileSync(p, ['-c', 'import sklearn'], { stdio: 'ignore' })
		return true
	} catch {
		return false
	}
})

// peer is scikit-learn's logistic regression on the same folds, undefined where it is not installed.
function peer(file, rows) {
	if (!python) return undefined
	return JSON.parse(execFileSync(python, [join(import.meta.dirname, 'peer-best-lr.py'), file, rows], { maxBuffer: 1 << 24, stdio: ['ignore', 'pipe', 'inherit'] }).toString())
}

const n4 = (v) => (v === null || v === undefined ? '' : v.toFixed(4))
const between = (i) => (i?.low === null || i?.low === undefined ? '' : `${n4(i.low)} to ${n4(i.high)}`)
const heads = [], zero = [], stuck = []
for (const file of files.filter((f) => basename(f).includes(only))) {
	const name = basename(file).replace(/\.csv(\.gz)?$/, '')
	say(`${name}: mastery and prediction`)
	const rows = join(work, 'scored.rows')
	const m = JSON.parse(run(['mastery', '--data', file, '--rows', rows, '--json']))
	for (const head of ['mastery', 'prediction', 'readable']) {
		const h = m[head]
		heads.push([name, head, h.rows, h.learners, n4(h.auc), between(h.auc_interval), n4(h.auc_new_item), n4(h.auc_first), n4(h.rmse), n4(h.ece), n4(h.ece_skill_excess_p95), h.ns_per_answer.toFixed(0), h.fit_seconds.toFixed(2)])
	}
	const p = peer(file, rows)
	if (p) heads.push([name, 'scikit-learn', p.rows, p.learners, n4(p.auc), `prediction leads by ${between(p.prediction_leads)}`, '', '', n4(p.rmse), n4(p.ece), '', '', p.fit_seconds.toFixed(2)])
	const z = m.from_zero
	zero.push([name, n4(z.auc_after_20k), n4(z.mastery_auc_same_rows), n4(z.ece_5k_to_25k), z.ns_per_answer.toFixed(0), `${(100 * m.disagree.share).toFixed(1)} %`])
	if (m.data.skills > 1 && m.data.rows > 20_000) {
		say(`${name}: company`)
		const s = JSON.parse(run(['stuck', '--data', file, '--json']))
		for (const a of [s.after_3, s.after_5, s.after_7]) stuck.push([name, a.answers, a.cases, a.stuck, n4(a.auc), between(a.auc_interval), a.precision?.toFixed(2), n4(a.auc_shipped), a.told, a.told_stuck?.toFixed(2), a.stuck_told?.toFixed(2)])
	}
}

// check lets made-up learners sit the check, and beside it jsCAT where it is installed (scripts/peer-jscat.mjs says how).
function check() {
	const rows = []
	for (const [slip, guess, misfit] of [['.1', '.1', '0'], ['.05', '.02', '0'], ['.1', '.1', '.03']]) {
		say(`check: slip ${slip}, guess ${guess}, misfit ${misfit}`)
		const args = ['diagnostic', '--skills', '400', '--width', '8', '--slip', slip, '--guess', guess, '--misfit', misfit, '--questions', '25', '--seed', '11']
		const d = JSON.parse(run([...args, '--learners', '200', '--json']))
		const name = `${slip}, ${guess}, ${misfit}`
		rows.push([name, 'check', n4(d.item_accuracy), between(d.item_accuracy_interval), n4(d.believed_accuracy), n4(d.readiness_precision), between(d.readiness_precision_interval), n4(d.readiness_recall), d.ms_per_question.toFixed(1)])
		for (const peer of ['unfitted', 'irt', 'random', 'prior']) rows.push([name, `${peer}, first ${d.baselines.learners}`, n4(d.baselines[peer].item_accuracy), '', n4(d.baselines[peer].believed_accuracy), n4(d.baselines[peer].readiness_precision), '', '', ''])
		const crowd = join(work, 'crowd.json')
		run([...args, '--learners', '100', '--crowd', crowd])
		try {
			const j = JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'peer-jscat.mjs'), crowd], { stdio: ['ignore', 'pipe', 'inherit'] }).toString())
			rows.push([name, 'jsCAT, first 100', n4(j.item_accuracy), between(j.interval), '', '', '', '', j.ms_per_question.toFixed(1)])
		} catch (e) {
			if (e.status !== 3) throw e
			rows.push([name, 'jsCAT: not installed', '', '', '', '', '', '', ''])
		}
	}
	return rows
}

// chess foretells the answers of 92 people to 16 chess problems, whose knowledge structure experts gave (Held, Schrepp and Fries,
// in R package pks): a problem rests on another that every state with it holds.
function chess() {
	const from = (name) => join(real, 'kst', `pks_chess_${name}.csv`)
	if (!existsSync(from('R')) || !existsSync(from('dst3'))) return []
	const read = (name) => readFileSync(from(name), 'utf8').trim().split('\n').map((line) => cells(line).filter((c) => c !== undefined))
	const [names, ...states] = read('dst3').map((r) => r.slice(0, 16))
	const people = read('R').slice(1).map((r) => r.slice(1, 17))
	const rests = (j, i) => i !== j && states.every((s) => s[j] === '0' || s[i] === '1')
	const edges = names.flatMap((b, j) => names.filter((_, i) => rests(j, i)).map((a) => `${a},${b}`))
	writeFileSync(join(work, 'chess.graph'), `from,to\n${edges.join('\n')}\n`)
	writeFileSync(join(work, 'chess.answers'), `${names.join(',')}\n${people.map((r) => r.join(',')).join('\n')}\n`)
	const d = JSON.parse(run(['diagnostic', '--graph', join(work, 'chess.graph'), '--answers', join(work, 'chess.answers'), '--slip', '.1', '--guess', '.05']))
	return [['check', d.check], ['one ability', d.irt], ['rates', d.rate]].map(([name, f]) => [name, d.answers, d.learners, n4(f.auc), between(f.auc_interval), name === 'check' ? '' : between(f.check_leads), n4(f.logloss)])
}

const table = (head, rows) => `| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}\n${rows.map((r) => `| ${r.join(' | ')} |`).join('\n')}\n`
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}; seed 1\n`)
console.log(table(['data', 'head', 'rows', 'learners', 'AUC', '95 %', 'new item', 'first attempt', 'RMSE', 'ECE', 'skill excess p95', 'ns an answer', 'fit s'], heads))
console.log(table(['data', 'AUC after 20k', 'mastery, same rows', 'ECE 5k to 25k', 'ns with learning', 'heads apart'], zero))
console.log(table(['data', 'answers', 'cases', 'stuck', 'AUC', '95 %', 'precision', 'AUC, shipped weights', 'told', 'of these stuck', 'of the stuck'], stuck))
if ('policy'.includes(only)) console.log(run(['policy']))
if ('check'.includes(only)) {
	console.log(table(['slip, guess, misfit', 'who asks', 'item accuracy', '95 %', 'believed', 'readiness precision', '95 %', 'recall', 'ms a question'], check()))
	console.log(table(['chess', 'answers', 'people', 'AUC', '95 %', 'check leads by', 'log loss'], chess()))
}
