import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import { setPage } from '../lib/page.ts'
import { setWords } from '../lib/words.ts'
import { Answer, entered, noResponse } from './Answer.tsx'
import { Drawn } from './Drawn.tsx'
import { Verdict } from './Feedback.tsx'
import { initials, PersonChip } from './Person.tsx'
import { Shell } from './Shell.tsx'
import { Dots, StatusMark } from './Status.tsx'

setWords(JSON.parse(readFileSync('internal/phrase/en/ui.en.json', 'utf8')) as Record<string, string>)

test('Drawn: mathematics, figures and text come out as written', () => {
  const html = renderToString(<Drawn of={[{ n: 'p', c: [{ t: 'Half is ' }, { n: 'math', c: [{ n: 'mfrac', c: [{ n: 'mn', t: '1' }, { n: 'mn', t: '2' }] }] }] }, { n: 'svg', a: { viewBox: '0 0 9 9' }, c: [{ n: 'title', c: [{ t: 'A line' }] }] }]} />)
  assert.equal(html, '<div class="doc"><p>Half is <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p><svg viewBox="0 0 9 9"><title>A line</title></svg></div>')
})

test('Drawn: what author text may not do is left out and logged, its words stay', (context) => {
  const log = context.mock.method(console, 'error', () => {})
  const html = renderToString(<Drawn of={[
    { n: 'script', c: [{ t: 'alert(1)' }] }, { n: 'p', a: { onclick: 'x()', style: 'color:red', class: 'ok' }, t: '<b>plain</b>' },
    { n: 'img', a: { src: '//evil.example/x.png', alt: 'x' } }, { n: 'img', a: { src: 'javascript:x', alt: 'y' } }, { n: 'img', a: { src: '/file/0192', alt: 'z' } },
  ]} />)
  assert.equal(html, '<div class="doc">alert(1)<p class="ok">&lt;b>plain&lt;/b></p><img alt="x"/><img alt="y"/><img src="/file/0192" alt="z"/></div>')
  assert.equal(log.mock.callCount(), 5)
})

test('Drawn: what follows a pause waits behind a button', () => {
  const html = renderToString(<Drawn of={[{ n: 'section', a: { class: 'pause' }, t: 'Predict.' }, { n: 'div', a: { class: 'after-pause' }, c: [{ n: 'p', t: 'Told' }] }]} />)
  assert.ok(html.includes('Predict.') && html.includes('<button') && !html.includes('Told'))
})

test('StatusMark: says the word, and the four glyphs differ', () => {
  const drawn = (['not_started', 'growing', 'secure', 'another_look'] as const).map((s) => renderToString(<StatusMark status={s} />))
  assert.equal(new Set(drawn.map((html) => html.split('<span class="word">')[0])).size, 4)
  assert.ok(drawn[3]!.includes('Worth another look'))
})

test('Dots: are read out in words', () => {
  assert.ok(renderToString(<Dots tries={['not_yet', 'helped', 'right']} />).includes('aria-label="Last tries: not yet, right with a hint, right"'))
})

test('Verdict: not yet is announced and never red', () => {
  const html = renderToString(<Verdict is="not_yet" />)
  assert.ok(html.includes('role="status"') && html.includes('Not yet') && !/help|wrong|incorrect/i.test(html))
})

test('Answer: every box has a name, and numbers bring up the right keypad', () => {
  const html = renderToString(<Answer kind="fraction" value={noResponse} onInput={() => {}} />)
  for (const label of ['Whole part, if any', 'Top number', 'Bottom number']) assert.ok(html.includes(`aria-label="${label}"`), label)
  assert.equal(html.match(/inputmode="numeric"/gi)?.length, 3)
})

test('Answer: says back how a fraction is read, and what cannot be read', () => {
  const read = (text: string) => renderToString(<Answer kind="number" value={{ chosen: [], boxes: [text] }} onInput={() => {}} />)
  assert.ok(read('1 1/2').includes('<mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>'))
  assert.ok(read('one half').includes('not a number that we can read'))
  assert.ok(!read('12').includes('We read this as'))
})

test('entered: an answer is entered when every box that counts has something in it', () => {
  assert.equal(entered('fraction', { chosen: [], boxes: ['', '3', '4'] }), true)
  assert.equal(entered('fraction', { chosen: [], boxes: ['1', '3', ' '] }), false)
  assert.equal(entered('blanks', { chosen: [], boxes: ['1'] }, 2), false)
  assert.equal(entered('choice', { chosen: [0], boxes: [] }), true)
})

test('PersonChip: names of any script stand isolated; initials are letters', () => {
  assert.equal(renderToString(<PersonChip name="نور" />), '<span class="person"><bdi>نور</bdi></span>')
  assert.equal(initials('Amina de la Guerra'), 'AG')
  assert.equal(initials('Wei P.'), 'WP')
  assert.equal(initials('Diego 2'), 'D')
})

test('Shell: the tab of this place is marked, and no part writes inline style', () => {
  setPage({ me: { id: 'a', name: 'Amina', role: 'learner' }, frame: { here: 'plan', out: '/signout', tabs: [{ name: 'home', href: '/home', icon: 'home' }, { name: 'plan', href: '/plan', icon: 'plan' }] } })
  const html = renderToString(<Shell>text</Shell>)
  assert.equal(html.match(/aria-current="page"/g)?.length, 1)
  assert.ok(html.includes('href="#main"') && html.includes('<main id="main"') && !html.includes('style='))
})
