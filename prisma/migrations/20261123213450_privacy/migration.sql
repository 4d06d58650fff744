-- CreateEnum
CREATE TYPE "export_state" AS ENUM ('waiting', 'sharing', 'done', 'failed');

-- CreateTable
CREATE TABLE "retention_periods" (
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "days" INTEGER,

    CONSTRAINT "retention_periods_pkey" PRIMARY KEY ("workspaceId","kind")
);

-- CreateTable
CREATE TABLE "retention_runs" (
    "workspaceId" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_runs_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateTable
CREATE TABLE "exports" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "pairId" TEXT,
    "format" TEXT NOT NULL,
    "fromOn" TEXT,
    "untilOn" TEXT,
    "state" "export_state" NOT NULL DEFAULT 'waiting',
    "files" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "exports_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "retention_runs_nextAt_idx" ON "retention_runs"("nextAt");

-- CreateIndex
CREATE INDEX "exports_workspaceId_requestedBy_idx" ON "exports"("workspaceId", "requestedBy");

-- AddForeignKey
ALTER TABLE "retention_periods" ADD CONSTRAINT "retention_periods_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_runs" ADD CONSTRAINT "retention_runs_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Messages whose words are still kept: the nightly look for old ones costs what it finds.
CREATE INDEX "deliveries_with_words" ON "deliveries" ("workspaceId", "createdAt")
  WHERE "message" <> '{"text": "", "blocks": []}'::jsonb;
