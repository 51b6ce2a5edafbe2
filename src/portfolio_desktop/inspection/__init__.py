"""What a file is: facts, read by guarded readers, without a judgement.

SourceFile -> structure (pure walk of the container, in process)          -> Inspection(depth="structure")
           -> deep readers in guarded worker processes (10 s, 1 GiB)      -> Inspection(depth="deep")
"""
