import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root to show the dashboard in')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
