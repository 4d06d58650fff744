# The whole tool chain, to write the Prisma client.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --no-audit --no-fund

# What runs, and nothing else: Prisma's command line and TypeScript are optional peers of its client.
# The one install script left would write the client again.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /app
RUN install -d -o node -g node -m 700 /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json manifest.yml ./
COPY prisma ./prisma
COPY src ./src
COPY --from=build /app/src/database/generated ./src/database/generated
# Started once without credentials: what is compiled is kept for its user, and the build ends here if it does not load.
RUN install -d -o node -g node node_modules/.cache && \
  setpriv --reuid=node --regid=node --clear-groups \
  node --import ./src/compile-cache.js --max-semi-space-size=4 src/main.ts 2>&1 | grep 'no Slack credentials'
USER node
VOLUME ["/data"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./src/compile-cache.js", "--max-semi-space-size=4", "src/main.ts"]
