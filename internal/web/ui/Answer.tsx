import { useId } from 'preact/hooks'
import type { AskedAxes } from '../lib/api.gen.ts'
import { readNumber, type Read } from '../lib/read.ts'
import type { Subject } from '../lib/reading.ts'
import { t } from '../lib/words.ts'
import { Groups, Order } from './Arrange.tsx'
import { Drawn, type El } from './Drawn.tsx'
import { type Area, Spots } from './Hotspot.tsx'
import { Maths } from './Maths.tsx'
import { Place } from './Place.tsx'
import { Written, written } from './Written.tsx'

/** Response is what was entered, raw: chosen indexes, the text of each box in order, or the group of each option, -1 for none.
 * Photos, and documents among them, are on this device; once they are sent the school knows them as files and documents. */
export interface Response { chosen: number[]; boxes: string[]; placed?: number[]; files?: string[]; documents?: string[]; photos?: Blob[] }

/** Option is one choice as shown; i is what a response calls it. */
export interface Option { i: number; text: El[]; area?: Area }

/** Box is one number box of a line: what stands before and after it, and its name for a screen reader. */
export interface Box { before?: string; after?: string; label: string }

export interface AnswerProps {
  kind: 'choice' | 'choices' | 'number' | 'fraction' | 'blanks' | 'expression' | 'equation' | 'numberline' | 'interval' | 'plane' | 'ordering' | 'matching' | 'sorting' | 'hotspot' | 'short' | 'long' | 'upload'
  options?: Option[]
  /** groups are what options go to: prompts of a matching, groups of a sorting. */
  groups?: El[][]
  /** picture holds the areas of options; many is whether more than one may be right. */
  picture?: El[]
  many?: boolean
  boxes?: Box[]
  unit?: string
  value: Response
  onInput: (next: Response) => void
  /** fixed shows what was entered and takes no more. */
  fixed?: boolean
  /** subject and letters are of the item, where mathematics is typed. */
  subject?: Subject
  letters?: string[]
  /** axes are what is placed on. */
  axes?: AskedAxes
  /** sends is what an upload takes: '' photos, documents, or both. */
  sends?: string
  /** most is how many characters may be written. */
  most?: number
  /** by is the id of the element that asks, for screen readers. */
  by?: string
}

/** noResponse is the response before anything is entered. */
export const noResponse: Response = { chosen: [], boxes: [] }

/** entered says whether anything has been entered that could be checked; boxes is how many there are, or how many things are to be placed. */
export function entered(kind: AnswerProps['kind'], r: Response, boxes = 1): boolean {
  if (kind === 'choice' || kind === 'choices' || kind === 'hotspot' || kind === 'ordering') return r.chosen.length > 0
  if (kind === 'matching' || kind === 'sorting') return (r.placed ?? []).filter((g) => g >= 0).length >= boxes
  if (kind === 'upload') return Boolean(r.photos?.length || r.files?.length || r.documents?.length)
  if (kind === 'fraction') return Boolean(r.boxes[1]?.trim() && r.boxes[2]?.trim())
  return Array.from({ length: boxes }, (_, i) => r.boxes[i]?.trim()).every(Boolean)
}

/** Answer takes an answer, by kind of item. Check and the hints stand beside it on the page. */
export function Answer(p: AnswerProps) {
  if (p.kind === 'choice' || p.kind === 'choices' || p.kind === 'hotspot') return <Options {...p} />
  if (p.kind === 'ordering') return <Order {...p} />
  if (p.kind === 'matching' || p.kind === 'sorting') return <Groups {...p} />
  if (p.kind === 'fraction') return <FractionBoxes {...p} />
  if (written(p.kind)) return <Written {...p} />
  if (p.kind === 'expression' || p.kind === 'equation') {
    return <Maths kind={p.kind} text={p.value.boxes[0] ?? ''} onText={(text) => p.onInput(boxed(p.value, 0, text))} unit={p.unit} subject={p.subject} letters={p.letters} fixed={p.fixed} by={p.by} />
  }
  if (p.kind === 'numberline' || p.kind === 'interval' || p.kind === 'plane') {
    return p.axes ? <Place kind={p.kind} axes={p.axes} text={p.value.boxes[0] ?? ''} onText={(text) => p.onInput(boxed(p.value, 0, text))} subject={p.subject} fixed={p.fixed} by={p.by} /> : null
  }
  return <Boxes {...p} />
}

function Options(p: AnswerProps) {
  const name = useId()
  const many = p.kind === 'choices' || Boolean(p.many)
  const choose = (i: number, on: boolean) => {
    const chosen = many ? (on ? [...p.value.chosen, i].sort((a, b) => a - b) : p.value.chosen.filter((c) => c !== i)) : [i]
    p.onInput({ ...p.value, chosen })
  }
  return (
    <fieldset class="answer" aria-describedby={p.by} disabled={p.fixed}>
      <legend>{t(many ? 'ui.answer.many' : 'ui.answer.one')}</legend>
      {p.picture && <Spots p={p} many={many} choose={choose} />}
      <div class={p.fixed ? 'options fixed' : 'options'}>
        {p.options?.map(({ i, text }) => {
          const on = p.value.chosen.includes(i)
          return (
            <label key={i} class={on ? 'option on' : 'option'}>
              <input type={many ? 'checkbox' : 'radio'} name={name} checked={on} onChange={(e) => choose(i, e.currentTarget.checked)} />
              <Drawn of={text} inline />
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

const boxed = (value: Response, at: number, text: string): Response => {
  const boxes = [...value.boxes]
  while (boxes.length <= at) boxes.push('')
  boxes[at] = text
  return { ...value, boxes }
}

/** A box for whole numbers brings up the digit pad; one for any number needs / and . and so the text keyboard's number row. */
function NumberBox(p: { id?: string; value: string; label: string; whole?: boolean; own?: boolean; fixed?: boolean; class?: string; by?: string; onInput: (text: string) => void }) {
  return (
    <input
      id={p.id} class={['box', p.class].filter(Boolean).join(' ')} type="text" inputMode={p.whole ? 'numeric' : 'text'} autocomplete="off" autocapitalize="off" spellcheck={false} maxLength={24}
      dir="ltr" enterkeyhint="done" data-own={p.own} aria-label={p.label} aria-describedby={p.by} readOnly={p.fixed} value={p.value} onInput={(e) => p.onInput(e.currentTarget.value)}
    />
  )
}

function Boxes(p: AnswerProps) {
  const hear = useId()
  const boxes = p.kind === 'blanks' ? (p.boxes ?? []) : [{ label: t('ui.answer'), after: p.unit }]
  const alone = p.kind === 'number'
  return (
    <div class="answer" role="group" aria-labelledby={p.by}>
      {alone && <span class="label" aria-hidden="true">{t('ui.answer')}</span>}
      <div class="boxes">
        {boxes.map((box, i) => (
          <span key={i} class="row near">
            {box.before && <span data-own>{box.before}</span>}
            <NumberBox value={p.value.boxes[i] ?? ''} label={box.label} own={!alone} fixed={p.fixed} by={hear} class={alone ? 'wideones' : ''} onInput={(text) => p.onInput(boxed(p.value, i, text))} />
            {box.after && <span data-own>{box.after}</span>}
          </span>
        ))}
      </div>
      <ReadAs id={hear} texts={boxes.map((_, i) => p.value.boxes[i] ?? '')} units={boxes.map(unitsOf)} />
    </div>
  )
}

function FractionBoxes(p: AnswerProps) {
  const hear = useId()
  const at = (i: number) => p.value.boxes[i] ?? ''
  const put = (i: number) => (text: string) => p.onInput(boxed(boxed(p.value, 2, at(2)), i, text))
  const whole = at(0).trim(), top = at(1).trim(), bottom = at(2).trim()
  return (
    <div class="answer" role="group" aria-labelledby={p.by}>
      <span class="label" aria-hidden="true">{t('ui.answer')}</span>
      <div class="boxes">
        <span class="fraction" dir="ltr">
          <NumberBox class="whole" whole value={at(0)} label={t('ui.answer.whole')} fixed={p.fixed} onInput={put(0)} />
          <span class="over">
            <NumberBox whole value={at(1)} label={t('ui.answer.top')} fixed={p.fixed} by={hear} onInput={put(1)} />
            <span class="bar" />
            <NumberBox whole value={at(2)} label={t('ui.answer.bottom')} fixed={p.fixed} by={hear} onInput={put(2)} />
          </span>
        </span>
        {p.unit && <span data-own>{p.unit}</span>}
      </div>
      <ReadAs id={hear} texts={top && bottom ? [whole ? `${whole} ${top}/${bottom}` : `${top}/${bottom}`] : []} />
    </div>
  )
}

/** unitsOf are what may be typed along with a box's number: what follows it, or the currency sign before it. */
const unitsOf = (box: { before?: string; after?: string }) => [box.after ?? '', /\$\s*$/.test(box.before ?? '') ? '$' : '']

/** ReadAs says back how what was typed is read; nothing while there is nothing to read. */
function ReadAs({ id, texts, units }: { id: string; texts: string[]; units?: string[][] }) {
  const typed = texts.map((text, i) => ({ text, units: units?.[i] })).filter((b) => b.text.trim() !== '')
  const reads = typed.map((b) => readNumber(b.text, b.units))
  const unread = reads.includes(null)
  const plain = reads.every((r) => r && !r.top)
  return (
    <output id={id} class="readas">
      {typed.length > 0 && (unread ? t(typed.some((b, i) => reads[i] === null && /\p{Nd}/u.test(b.text)) ? 'ui.readas.only' : 'ui.readas.none') : plain ? null : <>{t('ui.readas')} {reads.map((r, i) => r && <Mathed key={i} of={r} />)}</>)}
    </output>
  )
}

function Mathed({ of: r }: { of: Read }) {
  return (
    <math>
      {r.negative && <mo>−</mo>}
      {(r.whole || r.decimals) && <mn>{r.whole}{r.decimals && `.${r.decimals}`}</mn>}
      {r.top && <mfrac><mn>{r.top}</mn><mn>{r.bottom}</mn></mfrac>}
    </math>
  )
}
