// The frame of a screen: its heading, its actions, the window's title.
import { useEffect, type ReactNode } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Desk` : 'Desk'
  }, [title])
}

export function Page({ title, lead, actions, children }: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  useTitle(title)
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        {actions}
        {lead && <p className="lead">{lead}</p>}
      </header>
      {children}
    </div>
  )
}
