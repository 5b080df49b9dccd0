import { t } from '../lib/words.ts'
import type { AnswerProps } from './Answer.tsx'
import { Drawn } from './Drawn.tsx'

/** Area is a place on a picture, in thousandths of its width and height: a box, an ellipse in a box, or a polygon. */
export interface Area { x?: number; y?: number; width?: number; height?: number; round?: boolean; points?: number[] }

/** Spots is a picture whose places can be tapped. The same places stand beneath it by name, in reading order: for the keyboard, for
 * who does not see the picture, and for places that are small under a finger. */
export function Spots({ p, many, choose }: { p: AnswerProps; many: boolean; choose: (i: number, on: boolean) => void }) {
  const tap = (i: number) => { if (!p.fixed) choose(i, !many || !p.value.chosen.includes(i)) }
  return (
    <>
      <div class={p.fixed ? 'spots fixed' : 'spots'}>
        <Drawn of={p.picture} />
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {p.options?.map(({ i, area }) => area && <Shape key={i} of={area} on={p.value.chosen.includes(i)} tap={() => tap(i)} />)}
        </svg>
      </div>
      {!p.fixed && <p class="small quiet">{t('ui.spots.how')}</p>}
    </>
  )
}

function Shape({ of: a, on, tap }: { of: Area; on: boolean; tap: () => void }) {
  const shared = { class: on ? 'spot on' : 'spot', 'vector-effect': 'non-scaling-stroke', onClick: tap }
  const { x = 0, y = 0, width = 0, height = 0 } = a
  if (a.points?.length) return <polygon {...shared} points={a.points.join(' ')} />
  if (a.round) return <ellipse {...shared} cx={x + width / 2} cy={y + height / 2} rx={width / 2} ry={height / 2} />
  return <rect {...shared} x={x} y={y} width={width} height={height} rx="8" />
}
