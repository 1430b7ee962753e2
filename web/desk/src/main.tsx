import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './app/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { queries } from './api/query'
import { nonce } from './app/nonce'
import { router } from './app/router'
import { theme, variables } from './app/theme'
import { Corner } from './ui/toast'

const scheme = localStorageColorSchemeManager({ key: 'desk-color-scheme' })
// Before the first paint, so that nobody is dazzled.
const wanted = scheme.get('auto')
const dark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" colorSchemeManager={scheme} getStyleNonce={nonce}>
      <QueryClientProvider client={queries}>
        <Corner />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
