// What stands in the place of a screen that broke.
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from '../ui/states'
import { Problem, Unreachable } from '../api/problem'

/** A part that could not be fetched: the server has a newer desk by now. */
const outdated = (error: unknown): boolean => error instanceof Error && /dynamically imported module|module script|preload/i.test(error.message)

export function RouteFailed({ error, reset }: ErrorComponentProps) {
  if (error instanceof Problem || error instanceof Unreachable) return <div className="page"><Failed error={error} retry={reset} /></div>
  if (outdated(error)) {
    return (
      <div className="page"><div className="state" role="alert">
        <IconRefresh aria-hidden />
        <h2>The desk has been updated</h2>
        <p>This page is from before the update, or the server cannot be reached. What you typed is kept; load the page again.</p>
        <Button onClick={() => location.reload()}>Load again</Button>
      </div></div>
    )
  }
  return (
    <div className="page"><div className="state" role="alert">
      <IconAlertTriangle aria-hidden />
      <h2>This screen broke</h2>
      <p>Nothing that was saved is lost, and what you typed into a note is kept on this device. Load the page again.</p>
      <p><small>{error instanceof Error ? error.message : ''}</small></p>
      <Button onClick={() => location.reload()}>Load again</Button>
    </div></div>
  )
}
