// Places on a picture: a picture is chosen or drawn, places are drawn on it by finger, mouse or keyboard, and each gets a name.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { El, Tag } from '../lib/api.gen.ts'
import { small } from '../lib/photo.ts'
import type { Problem } from '../lib/problem.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Field, Tick } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Board } from './Board.tsx'
import { Named } from './Fields.tsx'
import type { Form } from './drafts.ts'
import { type Area, type Shape, type Spot, boxOf, cornersText, drawn, figures, ofCorners, ofPercent, percent, pictureLine, pictureOf, shapeOf, sized, moved } from './spots.ts'
import { upload } from './upload.ts'

interface Part { form: Form; set: (next: Form | ((was: Form) => Form)) => void }

/** light is from which size on a picture is made smaller before it is sent: learners load it on slow lines. */
const light = 300_000

/** send keeps a picture at the school. What a camera wrote beside it stays on the device. */
async function send(file: File): Promise<{ file: string } | { problem: Problem }> {
  const fits = file.type === 'image/png' && file.size <= light
  const made = fits ? file : await small(file)
  if (!made) return { problem: { status: 422, kind: 'invalid', say: { code: 'author.picture.fault' } } }
  const name = fits ? file.name : file.name.replace(/\.\w+$/, '') + '.jpg'
  const sent = await upload(new File([made], name, { type: made.type }), () => undefined, new AbortController().signal)
  return sent.ok ? { file: sent.file.file } : { problem: sent.problem }
}

/** ChoosePicture is a button that opens the device's files or camera. */
export function ChoosePicture({ words, onFile, small: little }: { words: string; onFile: (file: string) => void; small?: boolean }) {
  const [busy, work] = useState(false)
  const [problem, trouble] = useState<Problem | null>(null)
  const choose = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (!file) return
    work(true)
    const got = await send(file)
    input.value = ''
    work(false)
    trouble('problem' in got ? got.problem : null)
    if ('file' in got) onFile(got.file)
  }
  return (
    <>
      <label class={['button quiet camera', little && 'small', busy && 'busy'].filter(Boolean).join(' ')}>
        <Icon name="camera" />{words}
        <input type="file" accept="image/jpeg,image/png" disabled={busy} onChange={(e) => void choose(e.currentTarget)} />
      </label>
      {problem && <ErrorBox problem={problem} />}
    </>
  )
}

/** PictureField is the picture with its words. */
function PictureField({ form, set, fault }: Part & { fault: string | undefined }) {
  const of = pictureOf(form.rest.picture ?? '')
  const at = useRef<HTMLDivElement>(null)
  const put = (next: Partial<typeof of>) => set((was) => ({ ...was, rest: { ...was.rest, picture: pictureLine({ ...pictureOf(was.rest.picture ?? ''), ...next }) } }))
  const there = of.image + of.figure !== ''
  useLayoutEffect(() => { // its words are what is asked for next
    if (there && of.alt === '') at.current?.querySelector<HTMLElement>('input[type=text]')?.focus()
  }, [of.image, of.figure.split(' ')[0]])
  return (
    <div ref={at} class="stack near">
      <div class="row near">
        <ChoosePicture words={t(there ? 'author.picture.other' : 'author.picture.choose')} onFile={(image) => put({ image, figure: '' })} small={there} />
        <label class="areas-figure"><span class="label">{t('author.picture.draw')}</span>
          <select class="input" value={of.figure.split(' ')[0]} onChange={(e) => { const f = figures.find((x) => x.name === e.currentTarget.value); if (f) put({ image: '', figure: f.as }) }}>
            <option value="">{t('author.picture.none')}</option>
            {figures.map((f) => <option key={f.name} value={f.name}>{t(`author.figure.${f.name}`)}</option>)}
            {of.figure && !figures.some((f) => f.name === of.figure.split(' ')[0]) && <option value={of.figure.split(' ')[0]}>{of.figure.split(' ')[0]}</option>}
          </select>
        </label>
      </div>
      {there && <Field label={t('author.picture.alt')} tip={t('author.picture.alt.tip')} max={400} value={of.alt} onInput={(alt) => put({ alt })} fault={fault} />}
      {of.figure && <Field label={t('author.picture.as')} max={400} value={of.figure} onInput={(figure) => put({ figure: figure.replaceAll('|', '') })} />}
      {!there && fault && <p class="fault" role="alert"><Icon name="error" />{fault}</p>}
    </div>
  )
}

/** Areas is the whole of a question that asks for places on a picture. */
export function Areas({ form, set, picture, tags, fault }: Part & { picture: El[] | undefined; tags: Tag[]; fault: (field: string, at?: number) => string | undefined }) {
  const spots = form.spots ?? []
  const [shape, setShape] = useState<Shape>('box')
  const [chosen, choose] = useState(-1)
  const fresh = useRef(-1)
  const list = useRef<HTMLOListElement>(null)
  const put = (i: number, next: Partial<Spot>) => set((was) => ({ ...was, spots: (was.spots ?? []).map((s, k) => (k === i ? { ...s, ...next } : s)) }))
  const lay = (area: Area) => {
    const free = spots.findIndex((s) => !s.area) // names that were written first are given places in their turn
    const i = free >= 0 ? free : spots.length
    if (free >= 0) put(i, { area })
    else set((was) => ({ ...was, spots: [...(was.spots ?? []), { text: '', right: (was.spots ?? []).length === 0, area, tag: '', nudge: '' }] }))
    choose(i)
    fresh.current = i
  }
  useLayoutEffect(() => {
    const box = fresh.current >= 0 && list.current?.children[fresh.current]?.querySelector<HTMLInputElement>('input.input')
    fresh.current = -1
    if (box && box.value === '') box.focus()
  }, [spots.length, chosen])
  const away = (i: number) => { set((was) => ({ ...was, spots: (was.spots ?? []).filter((_, k) => k !== i) })); choose(-1) }
  return (
    <section class="stack near" aria-label={t('author.areas')}>
      <PictureField form={form} set={set} fault={fault('picture')} />
      {picture && picture.length > 0 && (
        <>
          <div class="row near areas-tools">
            <Segmented label={t('author.shape')} value={shape} onChange={(s: Shape) => setShape(s)} options={(['box', 'round', 'polygon'] as const).map((s) => ({ value: s, words: t(`author.shape.${s}`) }))} />
            <Button small icon="add" disabled={spots.length >= 12} onClick={() => lay(drawn(shape, { x: 500, y: 500 }, { x: 500, y: 500 }))}>{t('author.area.add')}</Button>
          </div>
          <Board shape={shape} spots={spots} chosen={chosen} choose={choose} lay={spots.length < 12 || spots.some((s) => !s.area) ? lay : undefined} put={(i, area) => put(i, { area })} away={away}><Drawn of={picture} /></Board>
          <p class="small quiet" id="areas-how">{t(`author.areas.how.${shape}`)} <span class="hear">{t('author.areas.keys')}</span></p>
        </>
      )}
      {fault('options') && !spots.some((_, i) => fault('options', i)) && <p class="fault" role="alert"><Icon name="error" />{fault('options')}</p>}
      <ol ref={list} class="areas-list">
        {spots.map((s, i) => (
          <li key={i} class={i === chosen ? 'card sunk on' : 'card sunk'} onFocusIn={() => choose(i)}>
            <span class="areas-n" aria-hidden="true">{i + 1}</span>
            <Field label={t('author.area.name', { n: i + 1 })} max={200} value={s.text} onInput={(text) => put(i, { text })} fault={fault('options', i)} />
            <Tick label={t('author.area.right')} checked={s.right || Boolean(s.if)} onChange={(right) => put(i, { right, if: undefined })} />
            <Button small kind="plain" label={t('author.area.drop', { n: i + 1 })} onClick={() => away(i)}>{t('author.drop')}</Button>
            <details class="why"><summary>{t('author.area.where')}<Icon name="open" /></summary>
              <div class="because">
                {s.area && <Where area={s.area} set={(area) => put(i, { area })} />}
                {!s.right && !s.if && <Named tag={s.tag} nudge={s.nudge} tags={tags} set={(tag, nudge) => put(i, { tag, nudge })} fault={undefined} />}
              </div>
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Where is a place in numbers: percent of the picture's width and height. */
function Where({ area, set }: { area: Area; set: (next: Area) => void }) {
  const b = boxOf(area)
  if (shapeOf(area) === 'polygon') return <Typed label={t('author.area.corners')} value={cornersText(area)} read={ofCorners} set={set} />
  return (
    <div class="areas-where">
      <Typed label={t('author.area.left')} value={percent(b.x)} read={ofPercent} set={(x) => set(moved(area, x - b.x, 0))} />
      <Typed label={t('author.area.top')} value={percent(b.y)} read={ofPercent} set={(y) => set(moved(area, 0, y - b.y))} />
      <Typed label={t('author.area.width')} value={percent(b.width)} read={ofPercent} set={(w) => set(sized(area, w - b.width, 0))} />
      <Typed label={t('author.area.height')} value={percent(b.height)} read={ofPercent} set={(h) => set(sized(area, 0, h - b.height))} />
    </div>
  )
}

/** Typed keeps what is typed until it can be read; what cannot be changes nothing. */
function Typed<T>(p: { label: string; value: string; read: (s: string) => T | null; set: (next: T) => void }) {
  const [typed, type] = useState<string | null>(null)
  const bad = typed !== null && p.read(typed) === null
  useEffect(() => { if (typed !== null && p.read(typed) !== null && typed !== p.value) type(null) }, [p.value])
  return <Field label={p.label} max={300} value={typed ?? p.value} onInput={(s) => { type(s); const v = p.read(s); if (v !== null) p.set(v) }} fault={bad ? t('author.area.unread') : undefined} />
}
