import type { ComponentChild } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { askReading, pause, type Read, split, type Subject, typeInto } from '../lib/reading.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { Drawn } from './Drawn.tsx'

export interface MathsProps {
  kind: 'expression' | 'equation'
  text: string
  onText: (text: string) => void
  unit?: string
  /** subject is the item as the school knows it; without one nothing is read back. */
  subject?: Subject
  letters?: string[]
  fixed?: boolean
  by?: string
  /** label, keys and read take the place of the box's own name, row of keys and reading, where it stands beside a picture. */
  label?: string
  keys?: Key[]
  read?: Read
}

/** Key is one key of the row: what it types, and its name where its face is a sign. */
export interface Key { types: string; face?: ComponentChild; name: string }

const signs: Key[] = [
  { types: '+', name: 'ui.key.plus' }, { types: '−', name: 'ui.key.minus' }, { types: '×', name: 'ui.key.times' }, { types: '/', face: '÷', name: 'ui.key.over' },
  { types: '^', face: <math><msup><mi>x</mi><mi>n</mi></msup></math>, name: 'ui.key.power' }, { types: '√()', face: '√', name: 'ui.key.root' }, { types: '()', face: '( )', name: 'ui.key.brackets' },
]
const relations: Key[] = [{ types: '=', name: 'ui.key.equals' }, { types: '<', name: 'ui.key.less' }, { types: '>', name: 'ui.key.more' }, { types: '≤', name: 'ui.key.most' }, { types: '≥', name: 'ui.key.least' }]

/** Maths takes mathematics as people type it in one line, with keys for signs that a phone hides, and says back how it is read before
 * anybody checks. Parsing and judging are the school's. */
export function Maths(p: MathsProps) {
  const id = useId(), hear = useId()
  const box = useRef<HTMLInputElement>(null)
  const own = useReading(p.subject, p.text, p.fixed)
  const read = p.subject ? own : p.read
  const put = (piece: string) => {
    const at = box.current
    if (!at) return
    const typed = typeInto(p.text, at.selectionStart ?? p.text.length, at.selectionEnd ?? p.text.length, piece)
    p.onText(typed.text)
    at.value = typed.text // at once, so that the caret has its place
    at.focus()
    at.setSelectionRange(typed.caret, typed.caret)
  }
  const show = (start: number, end: number) => { box.current?.focus(); box.current?.setSelectionRange(start, end) }
  return (
    <div class="answer maths" role="group" aria-labelledby={p.by}>
      <label class="label" for={id}>{p.label ?? t('ui.answer')}</label>
      <div class="boxes">
        <input
          ref={box} id={id} class="box line" type="text" inputMode="text" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck={false} maxLength={400} dir="ltr" enterkeyhint="done"
          aria-describedby={hear} readOnly={p.fixed} value={p.text} onInput={(e) => p.onText(e.currentTarget.value)}
        />
        {p.unit && <span data-own>{p.unit}</span>}
      </div>
      {!p.fixed && p.keys?.length !== 0 && <Keys keys={p.keys ?? [...(p.letters ?? []).map((l) => ({ types: l, name: '' })), ...signs, ...(p.kind === 'equation' ? relations : [])]} onKey={put} />}
      <ReadBack id={hear} text={p.text} read={read} fixed={p.fixed} onShow={show} />
    </div>
  )
}

/** useReading asks the school how the text is read once the person has paused. */
export function useReading(of: Subject | undefined, text: string, fixed = false): Read {
  const [said, setSaid] = useState<{ text: string; read: Read }>({ text: '', read: undefined })
  useEffect(() => {
    if (!of || text.trim() === '') return
    const stop = new AbortController()
    let over = false
    const clock = setTimeout(() => {
      void askReading(of, text, stop).then((read) => { if (!over) setSaid({ text, read }) })
    }, fixed ? 0 : pause)
    return () => { over = true; clearTimeout(clock); stop.abort() }
  }, [of?.item, of?.version, of?.draw_n, text])
  return said.text === text ? said.read : undefined
}

/** Keys is one stop for the Tab key; arrows go along it. A key never takes the keyboard of a phone away from the box. */
function Keys({ keys, onKey }: { keys: Key[]; onKey: (piece: string) => void }) {
  const [at, setAt] = useState(0)
  const row = useRef<HTMLDivElement>(null)
  const move = (e: KeyboardEvent) => {
    const ltr = getComputedStyle(e.currentTarget as HTMLElement).direction === 'ltr'
    const step = { ArrowRight: ltr ? 1 : -1, ArrowLeft: ltr ? -1 : 1, Home: -keys.length, End: keys.length }[e.key]
    if (step === undefined) return
    e.preventDefault()
    const next = Math.min(Math.max(at + step, 0), keys.length - 1)
    setAt(next)
    row.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    // The row hears keys that come up from its own buttons.
    <div ref={row} class="signkeys" role="toolbar" tabIndex={-1} aria-label={t('ui.keys')} dir="ltr" onKeyDown={move}>
      {keys.map((k, i) => (
        <button
          key={k.types} type="button" class="signkey" tabIndex={i === at ? 0 : -1}
          onPointerDown={(e) => e.preventDefault()} onFocus={() => setAt(i)} onClick={() => onKey(k.types)}
        >{k.name && <span class="hear">{t(k.name)}</span>}<span aria-hidden={k.name ? true : undefined} data-own>{k.face ?? k.types}</span></button>
      ))}
    </div>
  )
}

/** unfinished are problems of a text that is only not typed to its end. */
const unfinished = new Set(['missing', 'unclosed', 'hole'])

function ReadBack({ id, text, read, fixed, onShow }: { id: string; text: string; read: Read; fixed?: boolean; onShow: (start: number, end: number) => void }) {
  if (text.trim() === '' || read === undefined) return <output id={id} class="readas" />
  if (read === null) return <output id={id} class="readas">{fixed ? null : t('ui.readas.away')}</output>
  const place = read.why ? split(text, read.at ?? 1, read.what ?? '') : null
  if (read.drawn && read.drawn.length > 0) {
    return (
      <output id={id} class="readas">
        <span>{t('ui.readas')}</span> <Drawn of={read.drawn} inline />
        {place && !fixed && <span class="doubt">{read.why === 'doubtful' ? t('ui.readas.doubt', { what: place.there }) : t(`ui.readas.${read.why}`, { what: read.what ?? '' })}</span>}
      </output>
    )
  }
  const ends = place && place.there === '' && unfinished.has(read.why ?? '')
  return (
    <output id={id} class="readas">
      {ends ? t('ui.readas.unfinished') : (
        <>
          <span>{t(`ui.readas.${read.why}`, { what: read.what ?? '' })}</span>
          {place && (place.there !== '' || place.after !== '') && (
            <>
              <span class="typed" dir="ltr" data-own>{place.before}<mark>{place.there}</mark>{place.after}</span>
              {!fixed && <Button small kind="plain" onClick={() => onShow(place.start, place.end)}>{t('ui.readas.there')}</Button>}
            </>
          )}
        </>
      )}
    </output>
  )
}
