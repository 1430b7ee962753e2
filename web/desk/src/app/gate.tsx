// Lets staff in. Whoever is not signed in gets the sign-in page in place of
// the screen, so the address stays. When a session ends while somebody works,
// they sign in over the screen and nothing they typed is lost.
import { Loader, Modal, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { listen } from '../api/client'
import { meQuery } from '../api/session'
import type { Me } from '../api/types'
import { Failed } from '../ui/states'

const SignIn = lazy(() => import('../signin/sign-in').then((m) => ({ default: m.SignIn })))
const Enrol = lazy(() => import('../account/account').then((m) => ({ default: m.Enrol })))
const SignInForm = lazy(() => import('../signin/sign-in').then((m) => ({ default: m.SignInForm })))

export function Gate({ children }: { children: ReactNode }) {
  const me = useQuery(meQuery)
  const cache = useQueryClient()
  const [ended, setEnded] = useState(false)
  // The person whose work is on the screen.
  const person = useRef<Me | null>(null)
  if (me.data) person.current = me.data

  useEffect(() => listen((event) => {
    if (event === 'signed-out') setEnded(true)
  }), [])

  function signedIn(now: Me) {
    const other = person.current && person.current.id !== now.id
    cache.setQueryData(meQuery.queryKey, now)
    setEnded(false)
    if (other) location.assign('/desk/')
    else void cache.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' })
  }

  const waiting = <div className="sign-in"><Loader aria-label="Loading the desk" /></div>
  if (me.isPending) return waiting
  if (me.isError && !person.current) return <div className="sign-in"><Failed error={me.error} retry={() => void me.refetch()} /></div>
  if (!person.current) return <Suspense fallback={waiting}><SignIn onSignedIn={signedIn} /></Suspense>
  return (
    <>
      {person.current.must_enrol ? <Suspense fallback={waiting}><Enrol /></Suspense> : children}
      <Modal opened={ended || me.data === null} onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false}
        title={<Text fw={650}>Your session has ended</Text>}>
        <Text size="sm" mb="md">Sign in again and go on where you were. What you typed is still here.</Text>
        <Suspense fallback={<Loader aria-label="Loading" />}>
          <SignInForm email={person.current.email} onSignedIn={signedIn} />
        </Suspense>
      </Modal>
    </>
  )
}

/** Ends the session and starts over with an empty page. */
export function leave(): void {
  location.assign('/desk/')
}
