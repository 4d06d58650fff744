-- CreateTable
CREATE TABLE "delegation_ratings" (
    "workspaceId" TEXT NOT NULL,
    "delegationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "pairId" TEXT NOT NULL,
    "score" INTEGER,
    "aPlus" TEXT,
    "ratedBy" TEXT NOT NULL,
    "ratedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_ratings_pkey" PRIMARY KEY ("workspaceId","delegationId","position")
);

-- CreateIndex
CREATE INDEX "delegation_ratings_workspaceId_pairId_ratedAt_idx" ON "delegation_ratings"("workspaceId", "pairId", "ratedAt");

-- AddForeignKey
ALTER TABLE "delegation_ratings" ADD CONSTRAINT "delegation_ratings_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_ratings" ADD CONSTRAINT "delegation_ratings_workspaceId_delegationId_fkey" FOREIGN KEY ("workspaceId", "delegationId") REFERENCES "delegations"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
