/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.CLOSECALL_DIST ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'pg-boss', '@node-rs/argon2', 'pino'],
  typescript: { ignoreBuildErrors: true },
}
