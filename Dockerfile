# The image of one deployable: docker build --build-arg SERVICE=payments .
# SERVICE is a folder of services/, or one of tools/: migrate, frontdesk (the command line), laptop (docker-compose.localstack.yml).
# docs/images.md says what is inside and how large it is.

# Give the digest that the release was tested with: --build-arg NODE_IMAGE=node:26.10.0-bookworm-slim@sha256:…
ARG NODE_IMAGE=node:26.10.0-bookworm-slim

FROM ${NODE_IMAGE} AS tools
ENV CI=true \
    TURBO_TELEMETRY_DISABLED=1 \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_STORE_DIR=/var/cache/pnpm
ARG PNPM_VERSION=10.34.8
ARG TURBO_VERSION=2.11.11
RUN --mount=type=cache,id=npm,target=/root/.npm \
    npm install --global --no-audit --no-fund pnpm@${PNPM_VERSION} turbo@${TURBO_VERSION}
WORKDIR /frontdesk

# The workspace without what this deployable does not depend on.
FROM tools AS pruned
ARG SERVICE
COPY . .
RUN folder=$(find services tools -mindepth 1 -maxdepth 1 -name "$SERVICE") \
    && turbo prune "$(node -p "require('./$folder/package.json').name")" --docker --production \
    && cp -r migrations out/full/ \
    && ln -s "$folder" out/full/deployable

# Prisma's client is the same for every deployable, so this layer is shared.
FROM tools AS client
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY tools/patches tools/patches
COPY packages/db/package.json packages/db/prisma.config.ts packages/db/
COPY packages/db/prisma packages/db/prisma
RUN --mount=type=cache,id=pnpm,target=/var/cache/pnpm \
    pnpm install --frozen-lockfile --no-optional --ignore-scripts --filter @frontdesk/db \
    && pnpm --filter @frontdesk/db generate

# By whom Amazon's databases are signed, so that connections know whom they talk to.
FROM tools AS authorities
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY tools/patches tools/patches
COPY tools/authorities tools/authorities
RUN --mount=type=cache,id=pnpm,target=/var/cache/pnpm \
    pnpm install --prod --frozen-lockfile --no-optional --ignore-scripts --filter @frontdesk/authorities \
    && node tools/authorities/src/main.ts > rds-authorities.pem

# What runs: no development tools, no optional packages (Node for laptops, Postgres for laptops), no sources of libraries.
FROM tools AS installed
COPY --from=pruned /frontdesk/out/json ./
COPY --from=pruned /frontdesk/out/pnpm-lock.yaml ./
RUN --mount=type=cache,id=pnpm,target=/var/cache/pnpm \
    pnpm install --prod --frozen-lockfile --no-optional --ignore-scripts
COPY tools/images/trim-libraries.sh ./
RUN sh trim-libraries.sh node_modules && rm trim-libraries.sh
COPY --from=pruned /frontdesk/out/full ./
COPY --from=client /frontdesk/packages/db/src/generated packages/db/src/generated
RUN rm .gitignore pnpm-lock.yaml pnpm-workspace.yaml turbo.json

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    PORT=8080
WORKDIR /frontdesk
COPY --from=installed /frontdesk ./
COPY --from=authorities /frontdesk/rds-authorities.pem /etc/frontdesk/
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so SIGTERM reaches the service.
ENTRYPOINT ["node"]
CMD ["deployable/src/main.ts"]
