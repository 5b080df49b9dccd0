// videos: renders the narrated lessons of the course.
//
//   node scripts/videos.mjs [NAME…]      all of internal/course/*/videos/*.json, or those named
//
// In: NAME.json, slides with a text in doc's markup, the sentences that are said, seconds of rest afterwards, and the item
// that is asked there. Out, beside it: NAME.mp4 (H.264 and AAC, at most 3 MB), NAME.vtt (a cue a sentence) and NAME.jpg (the
// poster). Needs ffmpeg, espeak-ng and Chromium, and the styles of a web build. Prints where each slide and check begins.
import { execFileSync, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { start } from '../tests/browser.mjs'

const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'internal/web/dist')
const most = 3_000_000
const between = 0.35 // seconds of silence between two sentences
const after = 0.6 // and after a slide
const [width, height] = [1280, 720]

function need(tool, name) {
  if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).error) {
    console.error(`videos: ${tool} is missing; on Debian: apt-get install --no-install-recommends ${name}`)
    process.exit(1)
  }
}

/** sources finds NAME.json beside a course's videos. */
function sources(names) {
  const found = []
  for (const course of readdirSync(join(root, 'internal/course'), { withFileTypes: true })) {
    const folder = join(root, 'internal/course', course.name, 'videos')
    if (!course.isDirectory() || !statSync(folder, { throwIfNoEntry: false })) continue
    for (const file of readdirSync(folder)) {
      if (extname(file) === '.json' && (names.length === 0 || names.includes(basename(file, '.json')))) found.push(join(folder, file))
    }
  }
  return found.toSorted()
}

/** slidePage is one slide as a document in the product's own styles. */
function slidePage(css, figures, title, n, of, html) {
  return `<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><link rel="stylesheet" href="${css}">
<style>${figures}
html { font-size: 30px } body { inline-size: ${width}px; min-block-size: ${height}px; block-size: ${height}px; overflow: hidden; display: grid; grid-template-rows: auto 1fr auto }
header, footer { padding: 36px 64px 0; color: var(--ink2); font-size: 24px } footer { padding: 0 64px 32px; text-align: end }
.doc { padding: 0 64px; max-inline-size: none; align-self: center; font-size: 46px } .doc h2 { font-size: 58px; margin-block: 0 .5em }
.doc figure { margin-block: 40px 0 } .doc figure .fig { inline-size: 1100px; max-block-size: 330px; block-size: auto }
.doc figure + figure { margin-block-start: 24px } .doc figure:has(+ figure) .fig, .doc figure + figure .fig { max-block-size: 190px }
</style><header>${n > 1 ? title : ''}</header><main class="doc">${html}</main><footer>${n} / ${of}</footer>`
}

/** pictures photographs the slides. */
async function pictures(script, folder) {
  const drawn = JSON.parse(execFileSync('go', ['run', './internal/course/slides'], { cwd: root, input: JSON.stringify(script.slides.map((s) => s.text)), stdio: ['pipe', 'pipe', 'inherit'] }).toString())
  const css = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')).files['app.css']
  const figures = readFileSync(join(root, 'internal/doc/figure.css'), 'utf8')
  const server = createServer((asked, answer) => {
    const path = new URL(asked.url, 'http://localhost').pathname
    if (path.startsWith('/assets/')) {
      answer.setHeader('content-type', path.endsWith('.css') ? 'text/css' : 'application/octet-stream')
      answer.end(readFileSync(join(dist, 'assets', basename(path))))
    } else {
      const n = Number(path.slice(1))
      answer.setHeader('content-type', 'text/html; charset=utf-8')
      answer.end(n ? slidePage(css, figures, script.title, n, drawn.length, drawn[n - 1]) : '')
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const browser = await start({ deviceScaleFactor: 1 })
  const page = await browser.context.newPage()
  await page.setViewportSize({ width, height })
  for (let n = 1; n <= drawn.length; n++) {
    await page.goto(`http://127.0.0.1:${server.address().port}/${n}`, { waitUntil: 'networkidle' })
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${n}.png`) })
  }
  await browser.close()
  server.close()
}

/** seconds is the length of a WAV file of one channel. */
function seconds(file) {
  const wav = readFileSync(file)
  const rate = wav.readUInt32LE(28) // bytes a second
  return (wav.length - 44) / rate
}

/** speak says each sentence into a file of its own and gives their lengths. */
function speak(sentences, n, folder) {
  return sentences.map((text, i) => {
    const file = join(folder, `${n}-${i}.wav`)
    execFileSync('espeak-ng', ['-v', 'en-us+f3', '-s', '138', '-p', '42', '-g', '2', '-w', file, text])
    return { text, file, length: seconds(file) }
  })
}

/** clip films one slide with its sentences. */
function clip(n, said, rest, folder) {
  const inputs = said.flatMap((s) => ['-i', s.file])
  const chain = said.map((_, i) => `[${i + 1}:a]apad=pad_dur=${between}[p${i}];`).join('')
  const joined = `${chain}${said.map((_, i) => `[p${i}]`).join('')}concat=n=${said.length}:v=0:a=1,apad=pad_dur=${after + rest}[a]`
  const length = said.reduce((sum, s) => sum + s.length + between, after + rest)
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-loop', '1', '-framerate', '10', '-i', join(folder, `${n}.png`), ...inputs,
    '-filter_complex', joined, '-map', '0:v', '-map', '[a]', '-t', length.toFixed(3), '-r', '10',
    '-c:v', 'libx264', '-preset', 'veryslow', '-tune', 'stillimage', '-crf', '26', '-pix_fmt', 'yuv420p', '-g', '50',
    '-c:a', 'aac', '-b:a', '48k', '-ar', '24000', '-ac', '1', '-bitexact', join(folder, `${n}.mp4`)])
  return length
}

function stamp(s) {
  const two = (x) => String(Math.floor(x)).padStart(2, '0')
  return `${two(s / 3600)}:${two((s % 3600) / 60)}:${(s % 60).toFixed(3).padStart(6, '0')}`
}

async function render(file) {
  const script = JSON.parse(readFileSync(file, 'utf8'))
  const base = file.slice(0, -'.json'.length)
  const folder = mkdtempSync(join(tmpdir(), 'kith-video-'))
  console.log(`videos: ${basename(base)}: drawing ${script.slides.length} slides`)
  await pictures(script, folder)
  let t = 0
  const cues = ['WEBVTT', '']
  for (const [i, slide] of script.slides.entries()) {
    const said = speak(slide.say, i + 1, folder)
    const begins = t
    for (const s of said) {
      cues.push(`${stamp(t)} --> ${stamp(t + s.length)}`, s.text, '')
      t += s.length + between
    }
    t = begins + clip(i + 1, said, slide.rest ?? 0, folder)
    console.log(`  ${begins.toFixed(1).padStart(6)} s  slide ${i + 1}${slide.check ? `; ask ${slide.check} at ${(t - 0.5).toFixed(1)} s` : ''}`)
  }
  writeFileSync(join(folder, 'parts.txt'), script.slides.map((_, i) => `file '${i + 1}.mp4'\n`).join(''))
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-f', 'concat', '-i', join(folder, 'parts.txt'), '-c', 'copy', '-bitexact', '-movflags', '+faststart', `${base}.mp4`])
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', join(folder, '2.png'), '-q:v', '5', '-bitexact', `${base}.jpg`])
  writeFileSync(`${base}.vtt`, cues.join('\n'))
  rmSync(folder, { recursive: true })
  const size = statSync(`${base}.mp4`).size
  console.log(`videos: ${basename(base)}.mp4, ${t.toFixed(1)} s, ${(size / 1000).toFixed(0)} KB`)
  if (size > most) {
    console.error(`videos: larger than ${most} bytes`)
    process.exit(1)
  }
}

need('ffmpeg', 'ffmpeg')
need('espeak-ng', 'espeak-ng')
mkdirSync(dirname(dist), { recursive: true })
const files = sources(process.argv.slice(2))
if (files.length === 0) {
  console.error('videos: no internal/course/*/videos/*.json found')
  process.exit(1)
}
for (const file of files) await render(file)
