// Handing out: the items of a unit as a file that other programs read, and that comes back unchanged.
import { useEffect, useState } from 'preact/hooks'
import { type BringKnown, type Folded, paths } from '../lib/api.gen.ts'
import { t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { asked } from './asked.ts'
import { Reasons } from './Trial.tsx'

export function Out({ cls, units, kinds }: { cls: string; units: BringKnown[]; kinds: string[] }) {
  const [unit, setUnit] = useState(units[0]!.id)
  const [kind, setKind] = useState<string | null>(null)
  const [told, tell] = useState<Folded | null>(null)
  useEffect(() => {
    tell(null)
    if (!kind) return
    const stop = new AbortController()
    void asked<Folded>(paths.look_out, { class: cls, unit, kind }, stop.signal).then((answer) => { if (!stop.signal.aborted && answer.ok) tell(answer.data) })
    return () => stop.abort()
  }, [unit, kind])
  return (
    <Card title={t('bring.out')}>
      <p class="quiet">{t('bring.out.more')}</p>
      {units.length > 1 && (
        <label class="field"><span class="label">{t('bring.out.unit')}</span>
          <select class="input" value={unit} onChange={(e) => setUnit(e.currentTarget.value)}>{units.map((u) => <option key={u.id} value={u.id} data-own>{u.title}</option>)}</select>
        </label>
      )}
      <Segmented label={t('bring.out.kind')} showLabel value={kind} onChange={setKind} options={kinds.map((k) => ({ value: k, words: t(`bring.out.kind.${k}`) }))} />
      {told && (
        <>
          <p role="status">{t('bring.out.holds', { n: told.counts.taken, left: told.counts.skipped })}</p>
          <Reasons of={told.reasons} />
          {told.doubts.length > 0 && <p>{t('bring.out.lost')}</p>}
          <Reasons of={told.doubts} />
        </>
      )}
      {kind && <div class="row near"><LinkButton icon="paper" href={`/class/${cls}/out/${unit}/${kind}`}>{t('bring.out.go')}</LinkButton></div>}
    </Card>
  )
}
