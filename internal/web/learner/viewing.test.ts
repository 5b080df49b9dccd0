import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf, due, longest, type Span, Viewing } from './viewing.ts'

function followed(run: (v: Viewing) => void, length = 100_000): Span[] {
  const spans: Span[] = []
  run(new Viewing(length, (s) => spans.push(s)))
  return spans
}

test('playing to a pause is one span', () => {
  assert.deepEqual(followed((v) => { v.play(1000, 1); v.at(1500); v.at(3200.4); v.stop() }), [{ from_ms: 1000, to_ms: 3200, rate: 1 }])
})

test('no span is longer than thirty seconds of wall time', () => {
  for (const rate of [0.5, 1, 2]) {
    const spans = followed((v) => { v.play(0, rate); for (let ms = 0; ms <= 90_000; ms += 250 * rate) v.at(ms); v.stop() })
    for (const s of spans) assert.ok((s.to_ms - s.from_ms) / rate <= longest + 250, JSON.stringify(s))
    assert.equal(spans.reduce((n, s) => n + s.to_ms - s.from_ms, 0), 90_000)
  }
})

test('winding on is not watching', () => {
  const spans = followed((v) => { v.play(0, 1); v.at(1000); v.at(60_000); v.at(61_000); v.stop() })
  assert.deepEqual(spans, [{ from_ms: 0, to_ms: 1000, rate: 1 }, { from_ms: 60_000, to_ms: 61_000, rate: 1 }])
})

test('winding back begins anew', () => {
  const spans = followed((v) => { v.play(5000, 1); v.at(9000); v.at(6000); v.at(7000); v.stop() })
  assert.deepEqual(spans, [{ from_ms: 5000, to_ms: 9000, rate: 1 }, { from_ms: 6000, to_ms: 7000, rate: 1 }])
})

test('a change of speed ends a span, and the end is never beyond the video', () => {
  const spans = followed((v) => { v.play(97_000, 1); v.at(98_000); v.speed(2); v.at(100_400); v.stop() })
  assert.deepEqual(spans, [{ from_ms: 97_000, to_ms: 98_000, rate: 1 }, { from_ms: 98_000, to_ms: 100_000, rate: 2 }])
})

test('a check is due once its instant is reached', () => {
  const checks = [{ at_ms: 5000 }, { at_ms: 9000 }]
  assert.equal(due(checks, 4800, 5000), checks[0])
  assert.equal(due(checks, 5000, 5200), undefined)
  assert.equal(due(checks, 8000, 12_000), checks[1])
})

test('an instant in words', () => {
  assert.equal(clockOf(65_900), '1:05')
})
