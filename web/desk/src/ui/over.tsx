// A question that may stand over another dialog: Escape closes it alone.
import { Modal, type ModalProps } from '@mantine/core'

// Each dialog listens for Escape on the window, so that one press closes all
// that are open, or closes at once what it has just opened. This one hears the
// key inside itself, and marks what has the focus as not theirs.
export function Over(props: ModalProps) {
  return (
    <Modal {...props} closeOnEscape={false}
      onFocusCapture={(e) => e.target.setAttribute('data-mantine-stop-propagation', 'true')}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return
        e.stopPropagation()
        props.onClose()
      }} />
  )
}
