// planted: proves that the gates see what they are there to see: a page with one fault of each kind, each of which must be
// found. Without it a gate that has gone blind would pass for ever.
import { createServer } from 'node:http'
import { start } from './browser.mjs'
import { gate } from './gates.mjs'
import { policy } from './stories.mjs'

const faults = {
  'axe image-alt': '<img src="/x.png">',
  'axe color-contrast': '<p class="faint">⟦Too faint to read⟧</p>',
  'scrolls sideways at 320 px': '<div class="broad">⟦x⟧</div>',
  'target 20 by 20 px': '<button class="tiny">⟦x⟧</button>',
  'focus does not show': '<button class="blind big">⟦x⟧</button>',
  'Tab does not reach': '<div id="trap"><button class="big" id="never">⟦x⟧</button></div>',
  'not from a catalogue: "Loose words"': '<p>Loose words</p>',
  'not from a catalogue: "Loose label"': '<button class="big" aria-label="Loose label">⟦x⟧</button>',
  'console:': '',
  'page error:': '',
  'asks another place': '<img alt="⟦x⟧" src="http://192.0.2.1/x.png">',
  'Content Security Policy': '<p style="color:red">⟦x⟧</p>',
}
const css = '.faint{color:#bbb;background:#fff}.broad{width:700px;height:9px}.tiny{width:20px;height:20px;padding:0}.big{min-width:50px;min-height:50px}.blind:focus{outline:none}'
const js = 'console.error("planted");document.getElementById("trap").addEventListener("focusin",e=>e.target.blur());setTimeout(()=>{throw new Error("planted")},0)'
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Planted</title><link rel="stylesheet" href="/p.css"><script src="/p.js" defer></script></head><body><main id="app"><h1>⟦x⟧</h1>${Object.values(faults).join('')}</main></body></html>`

const server = createServer((request, response) => {
  const [type, body] = request.url === '/p.css' ? ['text/css', css] : request.url === '/p.js' ? ['text/javascript', js] : request.url.startsWith('/page') ? ['text/html', html] : ['image/png', '']
  response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy }).end(body)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const browser = await start()
const found = await gate(await browser.context.newPage(), `http://127.0.0.1:${server.address().port}/page`, 44)
await browser.close()
server.closeAllConnections()
server.close()

const unseen = Object.keys(faults).filter((fault) => !found.some((line) => line.includes(fault)))
for (const fault of unseen) console.log(`FAILED the gates do not see: ${fault}`)
if (unseen.length > 0) for (const line of found) console.log(`       saw ${line}`)
console.log(`planted: ${Object.keys(faults).length - unseen.length} of ${Object.keys(faults).length} faults found`)
process.exitCode = unseen.length > 0 ? 1 : 0
