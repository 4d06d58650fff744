-- CreateTable
CREATE TABLE "charters" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "duties" JSONB NOT NULL,
    "note" TEXT,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "signedBy" TEXT,
    "signedAt" TIMESTAMPTZ(3),
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "charters_pkey" PRIMARY KEY ("workspaceId","pairId","version")
);

-- CreateTable
CREATE TABLE "charter_drafts" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "baseVersion" INTEGER NOT NULL,
    "duties" JSONB NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charter_drafts_pkey" PRIMARY KEY ("workspaceId","pairId","userId")
);

-- CreateTable
CREATE TABLE "zone_lists" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "categories" JSONB NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "toldOn" TEXT NOT NULL,
    "toldFrom" JSONB NOT NULL,

    CONSTRAINT "zone_lists_pkey" PRIMARY KEY ("workspaceId","pairId")
);

-- AddForeignKey
ALTER TABLE "charters" ADD CONSTRAINT "charters_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charter_drafts" ADD CONSTRAINT "charter_drafts_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "zone_lists" ADD CONSTRAINT "zone_lists_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
