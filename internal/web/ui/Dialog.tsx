import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { Working } from './Says.tsx'

/** Dialog is the browser's own modal dialog: Escape and the cross close it, focus comes back to where it was. */
export function Dialog(p: { open: boolean; onClose: () => void; title: ComponentChildren; children: ComponentChildren; footer?: ComponentChildren }) {
  const at = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    const dialog = at.current
    if (!dialog) return
    if (p.open && !dialog.open) dialog.showModal()
    if (!p.open && dialog.open) dialog.close()
  }, [p.open])
  return (
    <dialog ref={at} class="dialog" aria-labelledby={title} onClose={p.onClose} onCancel={p.onClose}>
      {p.open && (
        <div class="inner">
          <header><h2 id={title}>{p.title}</h2><Button kind="plain" class="square" icon="close" label={t('ui.close')} onClick={p.onClose}><span class="hear">{t('ui.close')}</span></Button></header>
          {p.children}
          <div role="status"><Working /></div>
          {p.footer && <footer>{p.footer}</footer>}
        </div>
      )}
    </dialog>
  )
}
