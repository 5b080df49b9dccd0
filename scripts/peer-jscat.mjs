// peer-jscat.mjs CROWD: lets jsCAT, an adaptive test of one ability (npm, ROAR project), test the made-up learners of
// kith bench diagnostic --crowd, and prints JSON.
//
// jsCAT chooses by Fisher information and estimates ability by its expected value, with the items and noise that our own test
// of one ability has. Its ability says of every skill whether it is likelier known than not. It is no dependency of Kith. To have it beside a clone (its own optimizer comes from a Git address, which the override replaces):
//
//   mkdir ../jscat && cd ../jscat
//   echo '{"dependencies":{"@bdelab/jscat":"5.2.3"},"overrides":{"optimization-js":"1.5.0"}}' > package.json && npm install
//   JSCAT=../jscat node scripts/peer-jscat.mjs CROWD        (from the clone)
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const folder = resolve(process.env.JSCAT ?? join(import.meta.dirname, '..'))
if (!existsSync(join(folder, 'node_modules', '@bdelab', 'jscat'))) {
  process.stderr.write(`peer-jscat: ${folder} has no @bdelab/jscat; the head of this script says how to install it\n`)
  process.exit(3)
}
const { Cat } = createRequire(join(folder, 'package.json'))('@bdelab/jscat')
const crowd = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const items = crowd.hard.map((b, i) => ({ a: crowd.slope, b, c: crowd.guess, d: 1 - crowd.slip, i }))
const shares = []
let asked = 0
const began = process.cpuUsage()
for (const [k, learner] of crowd.learners.entries()) {
  const cat = new Cat({ method: 'EAP', itemSelect: 'MFI', nStartItems: 0, theta: 0, minTheta: -4, maxTheta: 4, priorDist: 'norm', priorPar: [0, 1], randomSeed: `${k}` })
  let left = items
  for (let q = 0; q < crowd.questions && left.length > 0; q++) {
    const { nextStimulus, remainingStimuli } = cat.findNextItem(left)
    left = remainingStimuli
    const { a, b, c, d } = items[nextStimulus.i]
    cat.updateAbilityEstimate({ a, b, c, d }, learner.right[nextStimulus.i] ? 1 : 0)
    asked++
  }
  const hits = learner.knows.filter((knows, i) => (cat.theta >= crowd.hard[i]) === knows).length
  shares.push(hits / learner.knows.length)
}
const { user, system } = process.cpuUsage(began)
const mean = shares.reduce((a, b) => a + b, 0) / shares.length
const se = Math.sqrt(shares.reduce((a, b) => a + (b - mean) ** 2, 0) / (shares.length - 1) / shares.length)
console.log(JSON.stringify({ learners: shares.length, item_accuracy: mean, interval: { low: mean - 1.96 * se, high: mean + 1.96 * se }, ms_per_question: (user + system) / 1000 / asked }))
