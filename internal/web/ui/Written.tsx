// Written: a word, sentences, or a photo of what was made on paper.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Criterion } from '../lib/api.gen.ts'
import { draw, small } from '../lib/photo.ts'
import { t } from '../lib/words.ts'
import type { AnswerProps, Response } from './Answer.tsx'
import { Icon } from './Icon.tsx'

/** written says whether a kind is one of these. */
export const written = (kind: string): kind is 'short' | 'long' | 'upload' => kind === 'short' || kind === 'long' || kind === 'upload'

/** drafted says whether what is written is kept on this device until it is sent. */
export const drafted = (kind: string): boolean => kind === 'long' || kind === 'upload'

/** maxPhotos is how many one answer takes (item.MaxFiles). */
const maxPhotos = 3

/** Written takes what is written. Its photos stay on this device until the answer is sent. */
export function Written(p: AnswerProps) {
  const id = useId()
  const text = p.value.boxes[0] ?? ''
  const put = (next: string) => p.onInput({ ...p.value, boxes: [next] })
  const common = { id, class: 'input', dir: 'auto' as const, maxLength: p.most, readOnly: p.fixed, value: text, 'aria-describedby': p.by }
  return (
    <div class="answer written">
      {p.kind === 'upload' && <Photos value={p.value} onInput={p.onInput} fixed={p.fixed} />}
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

function Photos({ value, onInput, fixed }: { value: Response; onInput: (next: Response) => void; fixed?: boolean }) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState(false)
  const photos = value.photos ?? []
  const full = photos.length >= maxPhotos
  const add = async (input: HTMLInputElement) => {
    setBusy(true)
    const made = await Promise.all([...(input.files ?? [])].slice(0, maxPhotos - photos.length).map(small))
    input.value = ''
    setBusy(false)
    setFault(made.includes(null))
    const good = made.filter((b): b is Blob => b !== null)
    if (good.length > 0) onInput({ ...value, photos: [...photos, ...good] })
  }
  return (
    <div class="stack near">
      {photos.length > 0 && (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={`${photo.size} ${i}`}>
              <Sheet of={photo} label={t('ui.photo.n', { n: i + 1 })} />
              {!fixed && <button type="button" class="button small plain" aria-label={t('ui.photo.out.n', { n: i + 1 })} onClick={() => onInput({ ...value, photos: photos.filter((_, j) => j !== i) })}><Icon name="close" />{t('ui.photo.out')}</button>}
            </li>
          ))}
        </ul>
      )}
      {fixed && photos.length === 0 && value.files && <PhotosSent files={value.files} />}
      {!fixed && !full && (
        <label class={busy ? 'button quiet camera busy' : 'button quiet camera'}>
          <Icon name="camera" />{t(photos.length > 0 ? 'ui.photo.more' : 'ui.photo.add')}
          <input type="file" accept="image/jpeg,image/png" multiple disabled={busy} onChange={(e) => void add(e.currentTarget)} />
        </label>
      )}
      {!fixed && <p class="small quiet">{t('ui.photo.tip')}</p>}
      {fault && <p class="fault" role="status"><Icon name="error" />{t('ui.photo.fault')}</p>}
    </div>
  )
}

function Sheet({ of, label }: { of: Blob; label: string }) {
  const sheet = useRef<HTMLCanvasElement>(null)
  useEffect(() => { if (sheet.current) void draw(of, sheet.current) }, [of])
  return <canvas ref={sheet} role="img" aria-label={label} />
}

/** PhotosSent shows photos that the school has; each opens by itself. */
export function PhotosSent({ files }: { files: string[] }) {
  if (files.length === 0) return null
  return (
    <ul class="photos">
      {files.map((f, i) => <li key={f}><a href={`/answer-file/${f}`} target="_blank" rel="noopener"><img src={`/answer-file/${f}`} alt={t('ui.photo.n', { n: i + 1 })} loading="lazy" /></a></li>)}
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
