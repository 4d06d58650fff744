-- CreateTable
CREATE TABLE "repeat_proposals" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "delegationId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT,
    "count" INTEGER NOT NULL,
    "numbers" INTEGER[],
    "toldExecutive" BOOLEAN NOT NULL,
    "toldEa" BOOLEAN NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "dismissedBy" TEXT,
    "dismissedAt" TIMESTAMPTZ(3),

    CONSTRAINT "repeat_proposals_pkey" PRIMARY KEY ("workspaceId","pairId","delegationId")
);

-- CreateTable
CREATE TABLE "repeat_checks" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3),

    CONSTRAINT "repeat_checks_pkey" PRIMARY KEY ("workspaceId","pairId","role")
);

-- CreateIndex
CREATE INDEX "repeat_proposals_workspaceId_delegationId_idx" ON "repeat_proposals"("workspaceId", "delegationId");

-- CreateIndex
CREATE INDEX "repeat_checks_nextAt_idx" ON "repeat_checks"("nextAt");

-- AddForeignKey
ALTER TABLE "repeat_proposals" ADD CONSTRAINT "repeat_proposals_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repeat_proposals" ADD CONSTRAINT "repeat_proposals_workspaceId_delegationId_fkey" FOREIGN KEY ("workspaceId", "delegationId") REFERENCES "delegations"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repeat_checks" ADD CONSTRAINT "repeat_checks_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
