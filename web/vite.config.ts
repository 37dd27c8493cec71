import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds a running Mendline; its cookie is set for the same host. */
const gateway = process.env.MENDLINE_URL ?? 'http://127.0.0.1:4680'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', manifest: true, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: {
    proxy: {
      '/v1/live': { target: gateway, ws: true },
      '/v1': gateway,
      '/sign-in': gateway,
    },
  },
})
