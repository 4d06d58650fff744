-- CreateTable
CREATE TABLE "erase_requests" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erase_requests_pkey" PRIMARY KEY ("workspaceId","pairId","askedBy")
);

-- CreateIndex
CREATE INDEX "erase_requests_workspaceId_askedBy_idx" ON "erase_requests"("workspaceId", "askedBy");

-- AddForeignKey
ALTER TABLE "erase_requests" ADD CONSTRAINT "erase_requests_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
