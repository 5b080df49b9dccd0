// Written: a word, sentences, or a photo of what was made on paper.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Criterion } from '../lib/api.gen.ts'
import { draw, isDocument, made } from '../lib/photo.ts'
import { t } from '../lib/words.ts'
import type { AnswerProps, Response } from './Answer.tsx'
import { Icon } from './Icon.tsx'

/** written says whether a kind is one of these. */
export const written = (kind: string): kind is 'short' | 'long' | 'upload' => kind === 'short' || kind === 'long' || kind === 'upload'

/** drafted says whether what is written is kept on this device until it is sent. */
export const drafted = (kind: string): boolean => kind === 'long' || kind === 'upload'

/** maxFiles is how many one answer takes (item.MaxFiles). */
const maxFiles = 3

/** Sends is what an upload takes; '' are photos. */
type Sends = '' | 'documents' | 'both'

/** accepts is what a device offers to choose from. */
const accepts = { '': 'image/jpeg,image/png', documents: 'application/pdf,.pdf', both: 'image/jpeg,image/png,application/pdf,.pdf' }

/** Written takes what is written. Its photos stay on this device until the answer is sent. */
export function Written(p: AnswerProps) {
  const id = useId()
  const text = p.value.boxes[0] ?? ''
  const put = (next: string) => p.onInput({ ...p.value, boxes: [next] })
  const common = { id, class: 'input', dir: 'auto' as const, maxLength: p.most, readOnly: p.fixed, value: text, 'aria-describedby': p.by }
  return (
    <div class="answer written">
      {p.kind === 'upload' && <Photos value={p.value} onInput={p.onInput} fixed={p.fixed} sends={(p.sends ?? '') as Sends} />}
      {(p.kind !== 'upload' || !p.fixed || text) && (
        <div class="field">
          <label class="label" for={id}>{t(p.kind === 'upload' ? 'ui.answer.beside' : 'ui.answer')}</label>
          {p.kind === 'short'
            ? <input {...common} type="text" autocomplete="off" autocapitalize="off" enterkeyhint="done" onInput={(e) => put(e.currentTarget.value)} />
            : <textarea {...common} rows={p.kind === 'long' ? 6 : 2} onInput={(e) => put(e.currentTarget.value)} />}
          {p.kind === 'long' && p.most && text.length > p.most - 400 && <p class="tip" role="status">{t('ui.answer.left', { n: p.most - text.length })}</p>}
        </div>
      )}
    </div>
  )
}

function Photos({ value, onInput, fixed, sends }: { value: Response; onInput: (next: Response) => void; fixed?: boolean; sends: Sends }) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState(false)
  const photos = value.photos ?? []
  const full = photos.length >= maxFiles
  const words = sends === '' ? 'photo' : sends === 'documents' ? 'document' : 'file'
  const add = async (input: HTMLInputElement) => {
    setBusy(true)
    const some = await Promise.all([...(input.files ?? [])].slice(0, maxFiles - photos.length).map((f) => made(f, sends)))
    input.value = ''
    setBusy(false)
    setFault(some.includes(null))
    const good = some.filter((b): b is Blob => b !== null)
    if (good.length > 0) onInput({ ...value, photos: [...photos, ...good] })
  }
  return (
    <div class="stack near">
      {photos.length > 0 && (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={`${photo.size} ${i}`}>
              {isDocument(photo) ? <p class="document"><Icon name="paper" /><bdi data-own>{(photo as File).name}</bdi></p> : <Sheet of={photo} label={t('ui.photo.n', { n: i + 1 })} />}
              {!fixed && <button type="button" class="button small plain" aria-label={t('ui.file.out.n', { n: i + 1 })} onClick={() => onInput({ ...value, photos: photos.filter((_, j) => j !== i) })}><Icon name="close" />{t('ui.photo.out')}</button>}
            </li>
          ))}
        </ul>
      )}
      {fixed && photos.length === 0 && <FilesSent photos={value.files} documents={value.documents} />}
      {!fixed && !full && (
        <label class={busy ? 'button quiet camera busy' : 'button quiet camera'}>
          <Icon name={sends === 'documents' ? 'paper' : 'camera'} />{t(`ui.${words}.${photos.length > 0 ? 'more' : 'add'}`)}
          <input type="file" accept={accepts[sends]} multiple disabled={busy} onChange={(e) => void add(e.currentTarget)} />
        </label>
      )}
      {!fixed && sends !== 'documents' && <p class="small quiet">{t('ui.photo.tip')}</p>}
      {!fixed && sends !== '' && <p class="small quiet">{t('ui.document.tip')}</p>}
      {fault && <p class="fault" role="status"><Icon name="error" />{t(`ui.${words}.fault`)}</p>}
    </div>
  )
}

function Sheet({ of, label }: { of: Blob; label: string }) {
  const sheet = useRef<HTMLCanvasElement>(null)
  useEffect(() => { if (sheet.current) void draw(of, sheet.current) }, [of])
  return <canvas ref={sheet} role="img" aria-label={label} />
}

/** FilesSent shows what the school has of an answer: each photo opens by itself, a document is saved on the device. */
export function FilesSent({ photos, documents }: { photos?: string[]; documents?: string[] }) {
  if (!photos?.length && !documents?.length) return null
  return (
    <ul class="photos">
      {photos?.map((f, i) => <li key={f}><a href={`/answer-file/${f}`} target="_blank" rel="noopener"><img src={`/answer-file/${f}`} alt={t('ui.photo.n', { n: i + 1 })} loading="lazy" /></a></li>)}
      {documents?.map((f, i) => <li key={f}><a class="document" href={`/answer-file/${f}`} download><Icon name="paper" />{t('ui.document.n', { n: i + 1 })}</a></li>)}
    </ul>
  )
}

/** Looks says what the person who looks at an answer will look for. */
export function Looks({ rubric }: { rubric: Criterion[] }) {
  return (
    <details class="worked looks">
      <summary>{t('ui.looks')}</summary>
      <dl>{rubric.map((c) => <div key={c.name}><dt data-own>{c.name}</dt>{c.levels.map((l, i) => <dd key={l} class={i === 0 ? 'quiet' : undefined} data-own>{l}</dd>)}</div>)}</dl>
    </details>
  )
}
